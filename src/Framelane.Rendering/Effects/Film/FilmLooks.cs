namespace Framelane.Rendering.Effects.Film;

/// <summary>Looks that colours alone make, as they are known from films and from the laboratory.</summary>
static class FilmLooks
{
    /// <summary>A print that has faded: its blacks are lifted, its whites have yellowed, its colours are weak.</summary>
    public static readonly FilmLook Vintage = new(
        "vintage", color => color.Saturate(0.6).Each(value => 0.1 + 0.82 * value) * new Rgb(1.09, 1, 0.8), corners: 0.45f, grain: 0.03f);

    /// <summary>A negative made for portraits (Kodak Portra): bright, soft in contrast, warm skin, foliage that tends to olive, fine grain.</summary>
    public static readonly FilmLook Portra = new("portra", color =>
    {
        var soft = color.Each(value => 0.03 + 0.95 * Math.Pow(value, 0.82)).Saturate(0.86);
        var foliage = Math.Max(0, color.Green - Math.Max(color.Red, color.Blue));
        return soft * new Rgb(1.04, 1.005, 0.95) + new Rgb(0.25, 0, -0.05) * foliage;
    }, grain: 0.015f);

    /// <summary>The curve of film in light, by Hable's formula for Uncharted 2 with its white at 11.2, and shadows towards teal, lights towards orange.</summary>
    public static readonly FilmLook Filmic = new("filmic", color =>
    {
        var curve = color.Each(value => Math.Pow(Hable(5 * Math.Pow(value, 2.2)) / Hable(5), 1 / 2.2));
        // Contrast, about the middle grey.
        var (deep, tone) = (curve.Each(value => Sigmoid(value, 4.5)), color.Luma);
        return (deep + new Rgb(-0.05, 0.015, 0.045) * Math.Pow(1 - tone, 2) + new Rgb(0.045, 0.01, -0.06) * tone).Saturate(0.92);
    }, corners: 0.2f, grain: 0.012f);

    /// <summary>Slide film in the chemicals for negatives: steep red and green, flat blue; so shadows are blue and lights greenish yellow.</summary>
    public static readonly FilmLook CrossProcess = new(
        "cross_process", color => new Rgb(Sigmoid(color.Red, 8), Sigmoid(color.Green, 6.5) + 0.03, 0.2 + 0.52 * color.Blue).Saturate(1.15), corners: 0.25f);

    /// <summary>The silver stays in the film: a black and white picture overlaid on the weakened colours, so hard contrast and hardly any hue.</summary>
    public static readonly FilmLook BleachBypass = new("bleach_bypass", color =>
    {
        var silver = color.Luma;
        return color.Saturate(0.5).Each(value => silver < 0.5 ? 2 * value * silver : 1 - 2 * (1 - value) * (1 - silver));
    });

    static double Hable(double light)
    {
        const double a = 0.15, b = 0.5, c = 0.1, d = 0.2, e = 0.02, f = 0.3;
        return ((light * (a * light + c * b) + d * e) / (light * (a * light + b) + d * f)) - e / f;
    }

    /// <summary>A logistic curve through 0, the middle and 1.</summary>
    static double Sigmoid(double value, double steepness)
    {
        double At(double v) => 1 / (1 + Math.Exp(-steepness * (v - 0.5)));
        return (At(value) - At(0)) / (At(1) - At(0));
    }
}
