using Framelane.Application.Abstractions;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Engine;

/// <summary>A render's sound.</summary>
/// <param name="folder">The job's own.</param>
sealed class SoundMaker(MediaTool tool, Sources sources, SoundMix mix, string folder)
{
    const string TrialFile = "sound.wav";

    readonly SoundMixer mixer = new(tool);

    public SoundMix Mix => mix;

    /// <summary>Mixes it into nothing.</summary>
    /// <exception cref="MediaException">A source's sound cannot be decoded; the message names its element.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, TrialFile);
        try
        {
            await mixer.MixAsync(mix, path, cancellationToken);
        }
        catch (MediaException failure) when (failure.Code == MediaErrorCodes.InvalidSource)
        {
            throw await BlameAsync(path, cancellationToken) ?? failure;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Which of the tracks it was that could not be mixed, found by trying each alone.</summary>
    async Task<MediaException?> BlameAsync(string path, CancellationToken cancellationToken)
    {
        foreach (var track in mix.Tracks.DistinctBy(track => track.Path))
        {
            try
            {
                await mixer.MixAsync(new([track with { Start = 0 }], track.Length), path, cancellationToken);
            }
            catch (MediaException failure)
            {
                return sources.Named(sources.UrlOf(track.Path), failure);
            }
        }

        return null;
    }
}
