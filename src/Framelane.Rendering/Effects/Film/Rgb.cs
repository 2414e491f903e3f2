namespace Framelane.Rendering.Effects.Film;

/// <summary>A colour of which a look is computed; sRGB-encoded, 0 to 1.</summary>
readonly record struct Rgb(double Red, double Green, double Blue)
{
    /// <summary>BT.709's, of the encoded values.</summary>
    public double Luma => 0.2126 * Red + 0.7152 * Green + 0.0722 * Blue;

    public static Rgb operator +(Rgb color, Rgb other) => new(color.Red + other.Red, color.Green + other.Green, color.Blue + other.Blue);

    public static Rgb operator *(Rgb color, double factor) => new(color.Red * factor, color.Green * factor, color.Blue * factor);

    public static Rgb operator *(Rgb color, Rgb filter) => new(color.Red * filter.Red, color.Green * filter.Green, color.Blue * filter.Blue);

    public Rgb Each(Func<double, double> curve) => new(curve(Red), curve(Green), curve(Blue));

    public Rgb Mix(Rgb other, double share) => this * (1 - share) + other * share;

    /// <param name="saturation">0 is grey, 1 changes nothing.</param>
    public Rgb Saturate(double saturation) => new Rgb(Luma, Luma, Luma).Mix(this, saturation);

    public Rgb Clamp() => Each(value => Math.Clamp(value, 0, 1));
}
