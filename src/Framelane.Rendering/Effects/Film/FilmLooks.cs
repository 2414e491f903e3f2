namespace Framelane.Rendering.Effects.Film;

/// <summary>Looks that colours alone make, as they are known from films and from the laboratory.</summary>
static class FilmLooks
{
    // Before those who are made of them.
    static readonly Curve Exposed = new(value => Sigmoid(Math.Pow(Hable(2 * Math.Pow(value, 2.2)) / Hable(2), 1 / 2.2), 4.5));
    static readonly Curve Screened = new(luma => Math.Max(0, 2 * luma - 1));

    /// <summary>A print that has faded: its blacks are lifted, its whites have yellowed, its colours are weak.</summary>
    public static readonly FilmLook Vintage = new("vintage")
    {
        Before = ColorMatrix.Saturate(0.6),
        Curves = (new(value => 0.11 + 0.89 * value), new(value => 0.1 + 0.82 * value), new(value => 0.09 + 0.64 * value)),
        Corners = 0.45f,
        Grain = 0.03f,
    };

    /// <summary>A negative made for portraits (Kodak Portra): bright, soft in contrast, warm skin, foliage that tends to olive, fine grain.</summary>
    public static readonly FilmLook Portra = new("portra")
    {
        Curves = (Soft(1.05), Soft(1), Soft(0.93)),
        After = ColorMatrix.Saturate(0.84).Then(ColorMatrix.Of([0.93, 0.1, -0.03, 0.015], [0, 1, 0, 0], [0.02, -0.06, 1.02, 0])),
        Grain = 0.015f,
    };

    /// <summary>The curve of film in light, by Hable's formula for Uncharted 2, in contrast again; shadows towards teal, lights towards orange.</summary>
    public static readonly FilmLook Filmic = new("filmic")
    {
        Curves = (Exposed, Exposed, Exposed),
        Tints = (
            new(luma => 0.05 * luma - 0.055 * Math.Pow(1 - luma, 2)), new(luma => 0.012 * luma + 0.014 * Math.Pow(1 - luma, 2)), new(luma => 0.05 * Math.Pow(1 - luma, 2) - 0.065 * luma)),
        After = ColorMatrix.Saturate(0.92),
        Corners = 0.2f,
        Grain = 0.012f,
    };

    /// <summary>Slide film in the chemicals for negatives: steep red and green, flat blue; so shadows are blue and lights greenish yellow.</summary>
    public static readonly FilmLook CrossProcess = new("cross_process")
    {
        Curves = (new(value => Sigmoid(value, 8)), new(value => Sigmoid(value, 6.5) + 0.03), new(value => 0.2 + 0.52 * value)),
        After = ColorMatrix.Saturate(1.15),
        Corners = 0.25f,
    };

    /// <summary>The silver stays in the film: a black and white picture overlaid on the weakened colours, so hard contrast and hardly any hue.</summary>
    /// <remarks>Overlay multiplies below the middle and screens above it; by luma both are a gain and a tint.</remarks>
    public static readonly FilmLook BleachBypass = new("bleach_bypass")
    {
        Before = ColorMatrix.Saturate(0.5),
        Gain = new(luma => 2 * Math.Min(luma, 1 - luma)),
        Tints = (Screened, Screened, Screened),
    };

    static Curve Soft(double gain) => new(value => gain * (0.03 + 0.95 * Math.Pow(value, 0.82)));

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
