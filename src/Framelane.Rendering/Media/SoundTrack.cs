namespace Framelane.Rendering.Media;

/// <summary>A piece of a source's sound on the timeline.</summary>
/// <param name="Path">The source.</param>
/// <param name="Demuxer">What the probe said of it.</param>
/// <param name="StreamIndex">What the probe said of it.</param>
/// <param name="Channels">What the probe said of it.</param>
/// <param name="Start">Seconds on the timeline.</param>
/// <param name="InPoint">Seconds of the source.</param>
/// <param name="OutPoint">Seconds of the source.</param>
/// <param name="Speed">Without change of pitch.</param>
/// <param name="Volume">0 to 1.</param>
/// <param name="FadeIn">Seconds on the timeline.</param>
/// <param name="FadeOut">Seconds on the timeline.</param>
public sealed record SoundTrack(
    string Path, string Demuxer, int StreamIndex, int Channels, double Start, double InPoint, double OutPoint,
    double Speed = 1, double Volume = 1, double FadeIn = 0, double FadeOut = 0)
{
    public double Length => (OutPoint - InPoint) / Speed;

    /// <summary>What fades it besides its own fades, and may begin before it or end after it.</summary>
    public IReadOnlyList<SoundFade> Fades { get; init; } = [];
}

/// <summary>Sound is silent before it rises, and after it falls.</summary>
/// <param name="Start">Seconds on the timeline.</param>
/// <param name="End">Seconds on the timeline.</param>
public sealed record SoundFade(bool IsRising, double Start, double End)
{
    public double Length => End - Start;
}
