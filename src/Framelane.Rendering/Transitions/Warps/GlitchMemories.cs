using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
namespace Framelane.Rendering.Transitions.Warps;

/// <summary>A damaged recording: blocks jump out of place and out of register, more and more of them already from the second picture.</summary>
sealed class GlitchMemories : ITransition
{
    // Blocks across and down; how often they jump.
    const int Columns = 16, Lines = 18, Jumps = 14;

    // Of the width, at the middle of the time.
    const double Farthest = 0.12, FarthestColour = 0.025;

    public string Name => "glitch_memories";

    public bool KeepsOpaque => true;

    public void Draw(PixelBuffer from, PixelBuffer to, double progress, PixelBuffer target)
    {
        var (width, height) = (target.Width, target.Height);
        var strength = Math.Sin(Math.PI * progress);
        var jump = (uint)(progress * Jumps);
        Rows.ForEach(height, y =>
        {
            var line = (uint)(y * Lines / height);
            for (var column = 0u; column < Columns; column++)
            {
                var (left, right) = ((int)(column * width / Columns), (int)((column + 1) * width / Columns));
                var chance = new Chances(Seed.Mix(Seed.Mix(jump * 97 + line) + column / (1 + Seed.Mix(line + jump) % 4)));
                var source = (chance.Next() < progress ? to : from).PixelsOf(y);
                var isTorn = chance.Next() < 0.6 * strength;
                var moved = isTorn ? (int)((chance.Next() - 0.5) * 2 * Farthest * strength * width) : 0;
                var split = (int)((isTorn ? 1 : 0.35) * FarthestColour * strength * width);
                Copy(source, target.PixelsOf(y), left, right, moved, split);
            }
        });
    }

    static void Copy(ReadOnlySpan<uint> source, Span<uint> target, int left, int right, int moved, int split)
    {
        var last = source.Length - 1;
        for (var x = left; x < right; x++)
        {
            var own = source[Math.Max(0, Math.Min(last, x + moved))];
            var (red, blue) = (source[Math.Max(0, Math.Min(last, x + moved - split))], source[Math.Max(0, Math.Min(last, x + moved + split))]);
            var alpha = Math.Max(own >> 24, Math.Max(red >> 24, blue >> 24));
            target[x] = alpha << 24 | (red & 0xff0000) | (own & 0xff00) | (blue & 0xff);
        }
    }

    /// <summary>Numbers from 0 to 1, one after another.</summary>
    struct Chances(uint state)
    {
        public double Next() => (state = Seed.Mix(state + 0x9e3779b9)) / (double)uint.MaxValue;
    }
}
