using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Film;

/// <summary>A film's or a process's colours, with the darker corners and the grain that belong to it.</summary>
/// <remarks>A colour goes through a matrix, its layers' curves, a gain and a tint that depend on how light it was, and a second matrix.</remarks>
class FilmLook(string name) : IEffect
{
    public string Name => name;

    public ColorMatrix Before { get; init; } = ColorMatrix.Identity;

    /// <summary>Of the layers for red, green and blue; each of 0 to 1.</summary>
    public (Curve Red, Curve Green, Curve Blue) Curves { get; init; } = (Straight, Straight, Straight);

    /// <summary>What is added to red, green and blue, by the source's luma.</summary>
    public (Curve Red, Curve Green, Curve Blue)? Tints { get; init; }

    /// <summary>What all are multiplied by, by the source's luma.</summary>
    public Curve? Gain { get; init; }

    public ColorMatrix After { get; init; } = ColorMatrix.Identity;

    /// <summary>How much darker the corners are, 0 to 1.</summary>
    public float Corners { get; init; }

    /// <summary>The grain's deviation, 0 to 1.</summary>
    public float Grain { get; init; }

    static Curve Straight { get; } = new(value => value);

    public virtual void Apply(PixelBuffer picture, in EffectCall call) => PixelKernel.RunBlocks(picture, new Developed(this, call, picture));

    readonly struct Developed(FilmLook look, in EffectCall call, PixelBuffer picture) : IBlockChange
    {
        readonly ColorMatrix before = look.Before, after = look.After;
        readonly Curve red = look.Curves.Red, green = look.Curves.Green, blue = look.Curves.Blue;
        readonly Curve? gain = look.Gain;
        readonly (Curve Red, Curve Green, Curve Blue)? tints = look.Tints;
        readonly GrainTile tile = new(call.Seed, Math.Min(picture.Width, picture.Height));
        readonly float intensity = call.Intensity, darkness = look.Corners * call.Intensity / 2, specks = look.Grain * call.Intensity;
        readonly float acrossStep = 2f / picture.Width, downStep = 2f / picture.Height;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Block Apply(Block pixels, Place place)
        {
            var color = pixels * pixels.Unalpha;
            var luma = color.Luma;
            var mixed = before.Apply(color);
            var developed = new Block(blue.At(mixed.Blue), green.At(mixed.Green), red.At(mixed.Red), Vector256<float>.One);
            if (gain is not null)
                developed = developed.Scale(gain.At(luma));
            if (tints is var (redTint, greenTint, blueTint))
                developed = new(developed.Blue + blueTint.At(luma), developed.Green + greenTint.At(luma), developed.Red + redTint.At(luma), developed.Alpha);
            developed = after.Apply(developed);
            var across = (place.X * acrossStep).Plus(acrossStep / 2 - 1);
            var down = (place.Row + 0.5f) * downStep - 1;
            var light = (across * across).Plus(down * down) * -darkness;
            var shown = pixels.Mix(developed * pixels.Alpha, intensity).Scale(light.Plus(1));
            return specks > 0 ? shown.Add(tile.At(place) * specks) : shown;
        }
    }
}
