using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Lens;

/// <summary>Out of focus: every point becomes the disc of an open aperture, and lights become bright discs.</summary>
sealed class LensBlur : IEffect
{
    // The disc's radius, of the shorter side.
    const float Widest = 0.025f;

    /// <summary>All of it.</summary>
    public static readonly LensBlur Whole = new("camera_lens_blur", -1, 0);

    /// <summary>Its surroundings, while an ellipse in the middle stays sharp, as a person who stands there.</summary>
    public static readonly LensBlur Surroundings = new("camera_lens_blur_bg", 0.5f, 0.95f);

    readonly float sharpTo, blurredFrom;

    /// <param name="sharpTo">How far from the middle it is sharp; 1 is the edge's distance, and so for <paramref name="blurredFrom"/>.</param>
    LensBlur(string name, float sharpTo, float blurredFrom) => (Name, this.sharpTo, this.blurredFrom) = (name, sharpTo, blurredFrom);

    public string Name { get; }

    public void Apply(PixelBuffer picture, in EffectCall call)
    {
        var radius = call.Intensity * Widest * Math.Min(picture.Width, picture.Height);
        if (radius < 0.5f)
            return;
        using var blurred = DiscBlur.Of(picture, radius, call.Pool);
        PixelKernel.RunPacked(picture, new Focus(blurred.Enlarge(), picture, sharpTo, blurredFrom));
    }

    readonly struct Focus(Enlarged blurred, PixelBuffer picture, float sharpTo, float blurredFrom) : IPackedChange
    {
        readonly float acrossStep = 2f / picture.Width, downStep = 2f / picture.Height;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<uint> Apply(Vector256<uint> pixels, Place place)
        {
            var across = (place.X * acrossStep).Plus(acrossStep / 2 - 1);
            var down = (place.Row + 0.5f) * downStep - 1;
            // Narrower than high, as who stands is.
            var share = Wide.Step(sharpTo, blurredFrom, Vector256.Sqrt((across * across * 2f).Plus(down * down)));
            return Packed.Mix(pixels, blurred.PixelsAt(place), Packed.Weights(share));
        }
    }
}
