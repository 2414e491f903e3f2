namespace Framelane.Rendering.Media;

/// <summary>All that is heard.</summary>
/// <param name="Length">Seconds.</param>
public sealed record SoundMix(IReadOnlyList<SoundTrack> Tracks, double Length)
{
    internal IReadOnlyList<string> Files => [.. Tracks.Select(track => Path.GetFullPath(track.Path)).Distinct()];
}
