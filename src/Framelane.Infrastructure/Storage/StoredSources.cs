using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;

namespace Framelane.Infrastructure.Storage;

static class StoredSources
{
    const int BufferBytes = 1 << 17;

    /// <summary>Streams what lies in storage into a new file of the folder.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="MediaException">It is not there.</exception>
    /// <exception cref="UnavailableException">Storage ended it before its time.</exception>
    public static async Task<string> FetchAsync(this IObjectStorage storage, string key, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        try
        {
            await using var stored = await storage.OpenReadAsync(key, cancellationToken);
            await using var file = PrivateFile.Create(path);
            var buffer = new byte[BufferBytes];
            while (await ReadAsync(stored, buffer, cancellationToken) is > 0 and var read)
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            return path;
        }
        catch (FileNotFoundException failure)
        {
            throw new MediaException(MediaErrorCodes.SourceNotFound, "The source is not in storage any more.", failure);
        }
    }

    // Here, where it cannot be the disk that failed.
    static async Task<int> ReadAsync(Stream stored, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await stored.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException failure)
        {
            throw new UnavailableException("Storage ended a file before its time.", failure);
        }
    }
}
