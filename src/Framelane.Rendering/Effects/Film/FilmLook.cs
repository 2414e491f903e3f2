using System.Runtime.Intrinsics;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Effects.Film;

/// <summary>A film's or a process's colours as a table, with the darker corners and the grain that belong to it.</summary>
/// <param name="look">What becomes of a colour at full intensity.</param>
/// <param name="corners">How much darker the corners are, 0 to 1.</param>
/// <param name="grain">The grain's deviation, 0 to 1.</param>
class FilmLook(string name, Func<Rgb, Rgb> look, float corners = 0, float grain = 0) : IEffect
{
    const int Size = 33;

    readonly Lazy<CubeLut> table = new(() => Make(look));

    public string Name => name;

    public virtual void Apply(PixelBuffer picture, in EffectCall call)
    {
        if (corners == 0 && grain == 0)
            table.Value.Apply(picture, call.Intensity);
        else
            PixelKernel.RunPlaced(picture, new Developed(table.Value, call, picture, corners, grain));
    }

    static CubeLut Make(Func<Rgb, Rgb> look)
    {
        var entries = new Vector128<float>[Size * Size * Size];
        for (var i = 0; i < entries.Length; i++)
        {
            var color = look(new Rgb(i % Size, i / Size % Size, i / Size / Size) * (1.0 / (Size - 1))).Clamp();
            entries[i] = Vector128.Create((float)color.Blue, (float)color.Green, (float)color.Red, 1);
        }

        return new(Size, entries, Vector128<float>.Zero, Vector128<float>.One);
    }

    readonly struct Developed(CubeLut table, in EffectCall call, PixelBuffer picture, float corners, float grain) : IPlacedChange
    {
        readonly GrainTile tile = new(call.Seed, Math.Min(picture.Width, picture.Height));
        readonly float intensity = call.Intensity, darkness = corners * call.Intensity / 2, specks = grain * call.Intensity;
        readonly float acrossStep = 2f / picture.Width, downStep = 2f / picture.Height;

        public Vector128<float> Apply(Vector128<float> pixel, int x, int y)
        {
            var alpha = pixel[3];
            if (alpha == 0)
                return pixel;
            var (across, down) = ((x + 0.5f) * acrossStep - 1, (y + 0.5f) * downStep - 1);
            var color = alpha == 1 ? table.At(pixel) : table.At(pixel * (1 / alpha)) * alpha;
            var light = 1 - darkness * (across * across + down * down);
            return Tone.Add(Tone.Scale(PixelKernel.Mix(pixel, color, intensity), light), specks * tile.At(x, y)).WithElement(3, alpha);
        }
    }
}
