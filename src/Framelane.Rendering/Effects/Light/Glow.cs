using System.Runtime.CompilerServices;
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
        PixelKernel.RunBlocks(bright.Buffer, new Sum(new(far.Buffer)));
        PixelKernel.RunBlocks(picture, new Shine(bright.Enlarge(), call.Intensity * Strength));
    }

    readonly struct Brightest : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) => pixels * Wide.Step(From, Full, pixels.Luma * pixels.Unalpha);
    }

    readonly struct Sum(Sampler far) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place) => pixels.Mix(Block.Unpack(far.Pixels(place.Columns, place.Row)), 0.5f);
    }

    readonly struct Shine(Enlarged glow, float strength) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var light = glow.At(place) * strength;
            return pixels + new Block(
                light.Blue * pixels.Blue.From(1), light.Green * pixels.Green.From(1), light.Red * pixels.Red.From(1), light.Alpha * pixels.Alpha.From(1));
        }
    }
}
