using Framelane.Rendering.Effects;
using Framelane.Rendering.Effects.Signal;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>Torn like a bad signal: red and blue stand apart, and slices jump sideways.</summary>
/// <param name="Strength">0 to 1.</param>
/// <param name="Step">Another one is torn in other places.</param>
sealed record Tear(double Strength, int Step) : Finish
{
    // Of the picture's longer side: the farthest that a slice jumps, and how far red and blue part.
    const float Jump = 0.18f, Part = 0.035f;

    const int Slices = 9;

    internal override Area Around(in Area drawn, double scale)
    {
        var beyond = (int)Math.Ceiling(Longer(drawn) * (Jump + Part)) + 2;
        return drawn with { Left = drawn.Left - beyond, Right = drawn.Right + beyond };
    }

    internal override void Apply(PixelBuffer picture, in Ground ground)
    {
        using var copy = ground.Pool.RentCopy(picture);
        PixelKernel.RunBlocks(picture, new TornLines(new(copy.Buffer), Shifts(picture, ground.Drawn, Seed.Mix(ground.Seed + (uint)Step * 0x9e3779b9))));
    }

    static int Longer(in Area drawn) => Math.Max(drawn.Width, drawn.Height);

    (int Jump, int Part)[] Shifts(PixelBuffer picture, Area drawn, uint chance)
    {
        var shifts = new (int, int)[picture.Height];
        // At least a pixel while anything is torn.
        var part = Math.Max(1, (int)Math.Round(Part * Strength * Longer(drawn)));
        Array.Fill(shifts, (0, part));
        for (var slice = 0; slice < Slices; slice++)
        {
            var place = 3 * slice;
            var top = drawn.Top + (int)(Seed.Unit(chance, place) * drawn.Height);
            var bottom = top + 1 + (int)((0.03f + 0.12f * Seed.Unit(chance, place + 1)) * drawn.Height);
            var jump = (int)Math.Round(Jump * Strength * Seed.Either(chance, place + 2) * Longer(drawn));
            for (var y = Math.Max(0, top); y < Math.Min(picture.Height, bottom); y++)
                shifts[y] = (jump, part);
        }

        return shifts;
    }
}
