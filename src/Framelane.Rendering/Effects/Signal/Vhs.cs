using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>Played from a VHS tape: colour that has a tenth of luma's sharpness and lags to the right, edges with an overshoot, lines that waver and tear at the head switch below, tape noise and dropouts.</summary>
sealed class Vhs : IEffect
{
    // Of the width: half of what colour and luma are smeared over, colour's lag, and how far lines waver.
    const float ColorReach = 0.011f, LumaReach = 0.0012f, Lag = 0.006f, Waver = 0.0022f, Tear = 0.09f;

    // Of the height, at the bottom.
    const float HeadSwitch = 0.035f;

    const float Overshoot = 0.55f, Noise = 0.055f;

    static readonly ColorMatrix Tape = ColorMatrix.Saturate(0.88).Then(ColorMatrix.Of([0.93, 0, 0, 0.04], [0, 0.91, 0, 0.035], [0, 0, 0.95, 0.05]));

    public string Name => "vhs";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        var (source, line) = (copy.Buffer, new Line(call, picture));
        Rows.ForEach(picture.Height, y => line.Play(MemoryMarshal.Cast<byte, uint>(source.Row(y)), MemoryMarshal.Cast<byte, uint>(picture.Row(y)), y));
        Dropouts.Draw(picture, call.Seed, 5, call.Intensity);
    }

    readonly struct Line(in EffectCall call, PixelBuffer picture)
    {
        readonly float intensity = call.Intensity, width = picture.Width, height = picture.Height, phase = (float)(call.Time * 4 % (2 * Math.PI));
        readonly uint seed = call.Seed;
        readonly GrainTile tile = new(call.Seed, Math.Min(picture.Width, picture.Height));
        readonly int colorReach = Pixels(ColorReach, call, picture), lumaReach = Pixels(LumaReach, call, picture), lag = Pixels(Lag, call, picture);

        public void Play(ReadOnlySpan<uint> from, Span<uint> to, int y)
        {
            var shift = Shift(y);
            var color = new Smear(from, colorReach, shift - lag);
            var luma = new Smear(from, lumaReach, shift);
            // What the overshoot is measured against: luma that comes late.
            var slow = 0f;
            for (var x = 0; x < to.Length; x++)
            {
                var (wide, sharp) = (color.Next(from), luma.Next(from));
                var level = Tone.Luma(sharp);
                slow = x == 0 ? level : slow + 0.3f * (level - slow);
                var change = level - Tone.Luma(wide) + intensity * Overshoot * (level - slow);
                var signal = wide + Vector128.Create(change, change, change, 0);
                signal = Tone.Add(PixelKernel.Mix(signal, Tape.Apply(signal), intensity), intensity * Noise * tile.At(x >> 1, y));
                to[x] = PixelKernel.Pack(signal.WithElement(3, sharp[3]));
            }
        }

        static int Pixels(float share, in EffectCall call, PixelBuffer picture) => (int)MathF.Round(share * call.Intensity * picture.Width);

        /// <summary>How far a line is from its place; pixels.</summary>
        int Shift(int y)
        {
            var wave = MathF.Sin(y / height * 9 + phase) * 0.5f + MathF.Sin(y / height * 31 - 2 * phase) * 0.2f + 0.6f * Seed.Either(seed, y);
            var low = Math.Max(0, 1 - (height - y) / (HeadSwitch * height));
            return (int)MathF.Round(intensity * width * (Waver * wave + Tear * low * low * (0.75f + 0.25f * Seed.Either(seed, y))));
        }
    }

    /// <summary>A mean that runs along a line.</summary>
    ref struct Smear
    {
        readonly int reach, last;
        readonly float share;
        Vector128<float> sum;
        int at;

        public Smear(ReadOnlySpan<uint> line, int reach, int shift)
        {
            (this.reach, at, last, share) = (reach, shift, line.Length - 1, 1f / (2 * reach + 1));
            for (var x = at - reach; x <= at + reach; x++)
                sum += PixelKernel.Unpack(line[Math.Clamp(x, 0, last)]);
        }

        public Vector128<float> Next(ReadOnlySpan<uint> line)
        {
            var mean = sum * share;
            sum += PixelKernel.Unpack(line[Math.Clamp(at + reach + 1, 0, last)]) - PixelKernel.Unpack(line[Math.Clamp(at - reach, 0, last)]);
            at++;
            return mean;
        }
    }
}
