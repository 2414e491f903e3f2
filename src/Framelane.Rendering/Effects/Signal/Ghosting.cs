using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Signal;

/// <summary>A signal that arrives again by longer ways, as an aerial receives it from hills: fainter copies to the right of everything.</summary>
sealed class Ghosting : IEffect
{
    // Of the width, and of the signal.
    static readonly (float Shift, float Strength)[] Ways = [(0.035f, 0.5f), (0.07f, 0.32f), (0.105f, 0.2f)];

    public string Name => "ghosting";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        using var copy = call.Pool.RentCopy(picture);
        PixelKernel.RunBlocks(picture, new Copies(new(copy.Buffer), picture.Width, call.Intensity));
    }

    readonly struct Copies(Sampler source, int width, float intensity) : IBlockChange
    {
        readonly (int Shift, float Strength) first = Way(0, width, intensity), second = Way(1, width, intensity), third = Way(2, width, intensity);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var sum = pixels.AddScaled(From(place, first.Shift), first.Strength).AddScaled(From(place, second.Shift), second.Strength).AddScaled(From(place, third.Shift), third.Strength);
            return sum * (1 / (1 + first.Strength + second.Strength + third.Strength));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        Block From(Place place, int shift) => Block.Unpack(source.Pixels(place.Columns - Vector256.Create(shift), place.Row));

        static (int, float) Way(int index, int width, float intensity) => ((int)MathF.Round(Ways[index].Shift * width), Ways[index].Strength * intensity);
    }
}
