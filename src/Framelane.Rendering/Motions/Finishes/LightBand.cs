using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>A slanting band of light between two of shade, on the element's own pixels, which sweeps from its left to its right.</summary>
/// <param name="Swept">0 is before it, 1 past it.</param>
sealed record LightBand(double Swept) : Finish
{
    // Of the way: from the band's middle to where its shade ends. Of the height: how far its upper end is before the lower one.
    const float Reach = 0.2f, Slant = 0.35f;

    // White takes no light: there the shade is what is seen.
    const float Light = 0.8f, Shade = 0.4f;

    // Of the reach: where the light ends, and where the shade is deepest.
    const float Bright = 0.65f, Deepest = 0.6f;

    internal override void Apply(PixelBuffer picture, in Ground ground)
    {
        var box = ground.Box;
        var length = box.Width + Slant * box.Height;
        var across = ground.Plane(1 / length, Slant / length, -(box.Left + Slant * box.Top) / length);
        var (right, down) = (ground.Plane(1 / box.Width, 0, -box.Left / box.Width), ground.Plane(0, 1 / box.Height, -box.Top / box.Height));
        PixelKernel.RunBlocks(picture, new Shine(across, right, down, (float)Swept * (1 + 2 * Reach) - Reach));
    }

    readonly struct Shine(Plane across, Plane right, Plane down, float middle) : IBlockChange
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var distance = Vector256.Abs(across.At(place).Plus(-middle));
            var shade = Wide.Step(Reach, Reach * Deepest, distance) * Shade;
            if (shade == Vector256<float>.Zero)
                return pixels;
            // A shadow that lies beyond the content is not lit.
            var isContent = Within(right.At(place)) & Within(down.At(place));
            var light = Wide.Step(Reach * Bright, 0, distance) * Light & isContent;
            var shaded = pixels.Scale((Wide.Step(Reach * 0.2f, Reach * Deepest, distance) * shade & isContent).From(1));
            return new(
                shaded.Blue + (shaded.Alpha - shaded.Blue) * light, shaded.Green + (shaded.Alpha - shaded.Green) * light, shaded.Red + (shaded.Alpha - shaded.Red) * light, shaded.Alpha);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Within(Vector256<float> share) => Vector256.GreaterThanOrEqual(share, Vector256<float>.Zero) & Vector256.LessThanOrEqual(share, Vector256<float>.One);
    }
}
