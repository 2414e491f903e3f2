namespace Framelane.Rendering.Media;

/// <summary>Which frames of a source are shown: frame k is the latest whose time is at most <c>InPoint + k × Speed / Rate</c>.</summary>
/// <param name="InPoint">Seconds from the source's beginning.</param>
/// <param name="OutPoint">Seconds; null for the source's end.</param>
/// <param name="Width">Pixels of the frames that are read; null as the source is shown.</param>
/// <param name="Height">Pixels of the frames that are read; null as the source is shown.</param>
public sealed record VideoCut(FrameRate Rate, double InPoint = 0, double? OutPoint = null, double Speed = 1, int? Width = null, int? Height = null)
{
    /// <summary>Seconds by which a source's times may be too late: Matroska rounds them to milliseconds, and so do people their in points.</summary>
    /// <remarks>Not a round number, so that none of the usual rates has a frame exactly there.</remarks>
    public const double Tolerance = 0.000777;

    /// <summary>Frames up to the out point.</summary>
    public int? Count => OutPoint is { } end ? Math.Max(1, (int)Math.Ceiling((end - InPoint) / Speed * Rate.PerSecond - 1e-6)) : null;
}
