using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Motions.Finishes;

/// <summary>A slanting band of light on the element's own pixels, which sweeps from its left to its right.</summary>
/// <param name="Swept">0 is before it, 1 past it.</param>
sealed record LightBand(double Swept) : Finish
{
    // Of the way: from the band's middle to where its light ends. Of the height: how far its upper end is before the lower one.
    const float Reach = 0.16f, Slant = 0.35f;

    const float Strength = 0.8f;

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
            var light = Wide.Step(Reach, 0, distance) * Strength;
            if (light == Vector256<float>.Zero)
                return pixels;
            // A shadow that lies beyond the content is not lit.
            light &= Within(right.At(place)) & Within(down.At(place));
            return new(
                pixels.Blue + (pixels.Alpha - pixels.Blue) * light, pixels.Green + (pixels.Alpha - pixels.Green) * light, pixels.Red + (pixels.Alpha - pixels.Red) * light, pixels.Alpha);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector256<float> Within(Vector256<float> share) => Vector256.GreaterThanOrEqual(share, Vector256<float>.Zero) & Vector256.LessThanOrEqual(share, Vector256<float>.One);
    }
}
