using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Storage;

sealed class SignedFiles(SignedUrls urls, IObjectStorage storage, TimeProvider time) : ISignedFiles
{
    public async Task<SignedFile?> OpenAsync(SignedLink link, CancellationToken cancellationToken)
    {
        if (!ObjectKey.IsValid(link.Key) || !urls.Accepts(link) || await storage.FindAsync(link.Key, cancellationToken) is not { } found)
            return null;
        try
        {
            var content = await storage.OpenReadAsync(link.Key, cancellationToken);
            return new(found, content, link.Filename, DateTimeOffset.FromUnixTimeSeconds(link.Expires) - time.GetUtcNow());
        }
        catch (FileNotFoundException)
        {
            // Deleted since.
            return null;
        }
    }
}
