using System.Globalization;

namespace Framelane.Rendering.Media;

/// <summary>Frames a second, as a fraction.</summary>
public readonly record struct FrameRate(int Frames, int Seconds = 1)
{
    public double PerSecond => (double)Frames / Seconds;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Frames}/{Seconds}");
}
