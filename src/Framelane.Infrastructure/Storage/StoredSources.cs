using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;

namespace Framelane.Infrastructure.Storage;

static class StoredSources
{
    /// <summary>Streams what lies in storage into a new file of the folder.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="MediaException">It is not there.</exception>
    public static async Task<string> FetchAsync(this IObjectStorage storage, string key, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        try
        {
            await using var stored = await storage.OpenReadAsync(key, cancellationToken);
            await using var file = PrivateFile.Create(path);
            await stored.CopyToAsync(file, cancellationToken);
            return path;
        }
        catch (FileNotFoundException failure)
        {
            throw new MediaException(MediaErrorCodes.SourceNotFound, "The source is not in storage any more.", failure);
        }
    }
}
