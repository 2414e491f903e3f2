using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Light;

/// <summary>Bloom: what is bright shines over its surroundings, and over its own edge where there is nothing.</summary>
sealed class Glow : IEffect
{
    // Luma from which things shine, and at which they shine in full.
    const float From = 0.5f, Full = 0.9f;

    // Of the shorter side.
    const float Near = 0.012f, Far = 0.05f;

    const float Strength = 0.85f;

    const int Factor = 4;

    public string Name => "glow";

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var side = Math.Min(picture.Width, picture.Height);
        using var bright = Shrunk.Of(picture, Factor, call.Pool);
        PixelKernel.RunBlocks(bright.Buffer, new Brightest());
        BoxBlur.Soften(bright.Buffer, Near * side / Factor, call.Pool);
        using var far = call.Pool.RentCopy(bright.Buffer);
        BoxBlur.Soften(far.Buffer, Far * side / Factor, call.Pool);
        PixelKernel.Mix(bright.Buffer, far.Buffer, bright.Buffer, new Mean());
        PixelKernel.RunPacked(picture, new Shine(bright.Enlarge(), Packed.Weights(Vector256.Create(call.Intensity * Strength))));
    }

    readonly struct Brightest : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) => pixels * Wide.Step(From, Full, pixels.Luma * pixels.Unalpha);
    }

    readonly struct Mean : IBlockMix
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Of(Vector256<uint> from, Vector256<uint> to, Place place) => Packed.Mix(from, to, Vector256.Create((ushort)(Packed.One / 2)));
    }

    readonly struct Shine(Enlarged glow, Vector256<ushort> strength) : IPackedChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> pixels, Place place) =>
            Packed.Screen(pixels, Packed.Dim(glow.PixelsAt(place), strength), Vector256<uint>.AllBitsSet);
    }
}
