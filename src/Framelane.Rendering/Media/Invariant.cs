using System.Globalization;

namespace Framelane.Rendering.Media;

static class Invariant
{
    /// <summary>A number as ffmpeg reads it: a point, no exponent.</summary>
    public static string Text(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);
}
