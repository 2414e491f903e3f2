using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>Played from a VHS tape: colour that is smeared and lags to the right, soft edges with an overshoot, lines that waver and tear at the head switch below, tape noise and dropouts.</summary>
/// <remarks>A tape keeps about a tenth of luma's detail for colour: it is read from a blurred picture of a quarter of the size.</remarks>
sealed class Vhs : IEffect
{
    const int ColorFactor = 4;

    // Of the small picture's pixels, to either side.
    const float ColorReach = 2;

    // Of the width: how far luma is smeared, colour's lag, and how far lines waver.
    const float Reach = 0.0013f, Lag = 0.006f, Waver = 0.0022f, Tear = 0.09f;

    // Of the height, at the bottom.
    const float HeadSwitch = 0.035f;

    const float Overshoot = 0.35f, Noise = 0.045f;

    static readonly ColorMatrix Tape = ColorMatrix.Saturate(0.9).Then(ColorMatrix.Of([0.93, 0, 0, 0.04], [0, 0.91, 0, 0.035], [0, 0, 0.95, 0.05]));

    public string Name => "vhs";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        using var color = Shrunk.Of(picture, ColorFactor, call.Pool);
        BoxBlur.Blur(color.Buffer, ColorReach, call.Pool);
        PixelKernel.RunBlocks(picture, new Played(new(copy.Buffer), new(color.Buffer), Shifts(picture, call), picture, call));
        Dropouts.Draw(picture, call.Seed, 5, call.Intensity);
    }

    /// <summary>How far each line is from its place; pixels.</summary>
    static int[] Shifts(PixelBuffer picture, in EffectCall call)
    {
        var (shifts, height, phase) = (new int[picture.Height], (float)picture.Height, (float)(call.Time * 4 % (2 * Math.PI)));
        for (var y = 0; y < shifts.Length; y++)
        {
            var wave = MathF.Sin(y / height * 9 + phase) * 0.5f + MathF.Sin(y / height * 31 - 2 * phase) * 0.2f + 0.6f * Seed.Either(call.Seed, y);
            var low = Math.Max(0, 1 - (height - y) / (HeadSwitch * height));
            shifts[y] = (int)MathF.Round(call.Intensity * picture.Width * (Waver * wave + Tear * low * low * (0.75f + 0.25f * Seed.Either(call.Seed, y))));
        }

        return shifts;
    }

    readonly struct Played(Sampler source, Sampler color, int[] shifts, PixelBuffer picture, in EffectCall call) : IBlockChange
    {
        readonly float intensity = call.Intensity;
        readonly int reach = Pixels(Reach, call, picture), lag = Pixels(Lag, call, picture);
        readonly GrainTile tile = new(call.Seed, Math.Min(picture.Width, picture.Height));
        readonly ColorMatrix tape = ColorMatrix.Identity.Mix(Tape, call.Intensity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var columns = place.Columns - Vector256.Create(shifts[place.Row]);
            var sharp = Block.Unpack(source.Pixels(columns, place.Row));
            var level = (Luma(columns - Vector256.Create(reach), place.Row) + Luma(columns + Vector256.Create(reach), place.Row)) * 0.5f;
            var smeared = sharp.Mix(Block.Unpack(color.Pixels((columns - Vector256.Create(lag)) >> 2, place.Row / ColorFactor)), intensity);
            // Colour of the one, luma of the other, with an overshoot where they part.
            var change = (level - smeared.Luma) * (1 + intensity * Overshoot);
            var signal = new Block(smeared.Blue + change, smeared.Green + change, smeared.Red + change, sharp.Alpha);
            return tape.Apply(signal).Add(tile.At(place, stretch: 2) * (intensity * Noise));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Vector256<float> Luma(Vector256<int> columns, int row) => Block.LumaOf(source.Pixels(columns, row));

        static int Pixels(float share, in EffectCall call, PixelBuffer picture) => (int)MathF.Round(share * call.Intensity * picture.Width);
    }
}
