using Framelane.Application.Abstractions;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Engine;

/// <summary>A render's sound.</summary>
/// <param name="length">Seconds.</param>
/// <param name="folder">The job's own.</param>
sealed class SoundMaker(MediaTool tool, Sources sources, IReadOnlyList<SoundTrack> tracks, double length, string folder)
{
    const string TrialFile = "sound.wav";

    readonly SoundMixer mixer = new(tool);

    /// <exception cref="MediaException">A source's sound cannot be decoded; the message names its element.</exception>
    public async Task MixAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await mixer.MixAsync(tracks, length, path, cancellationToken);
        }
        catch (MediaException failure) when (failure.Code == MediaErrorCodes.InvalidSource)
        {
            throw await BlameAsync(cancellationToken) ?? failure;
        }
    }

    /// <summary>Which of the tracks it was that could not be mixed, found by trying each alone.</summary>
    async Task<MediaException?> BlameAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, TrialFile);
        try
        {
            foreach (var track in tracks.DistinctBy(track => track.Path))
            {
                try
                {
                    await mixer.MixAsync([track with { Start = 0 }], track.Length, path, cancellationToken);
                }
                catch (MediaException failure)
                {
                    return sources.Named(sources.UrlOf(track.Path), failure);
                }
            }
        }
        finally
        {
            File.Delete(path);
        }

        return null;
    }
}
