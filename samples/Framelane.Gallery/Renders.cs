using Framelane.Client;

namespace Framelane.Gallery;

/// <summary>Has the server render, and fetches what it made.</summary>
sealed class Renders(FramelaneClient client)
{
    const int LongestWait = 25;

    static readonly Dictionary<string, string> ContentTypes = new() { [".jpg"] = "image/jpeg", [".png"] = "image/png" };

    /// <returns>What scenes name it by.</returns>
    public async Task<Uri> UploadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        return await client.UploadAsync(file, ContentTypes[Path.GetExtension(path)], Path.GetFileName(path), cancellationToken);
    }

    /// <exception cref="InvalidOperationException">It could not be rendered.</exception>
    public async Task MakeAsync(CreateRenderRequest scene, string path, CancellationToken cancellationToken)
    {
        var job = await client.CreateRenderAsync(scene, FramelaneClient.NewIdempotencyKey(), cancellationToken);
        while (job.CompletedAt is null)
            job = await client.GetRenderAsync(job.Id, LongestWait, cancellationToken);
        if (job.Status != JobStatus.Completed)
            throw new InvalidOperationException($"{Path.GetFileName(path)} is {job.Status}: {job.Error?.Code} {job.Error?.Message}");
        await using var file = File.Create(path);
        await client.DownloadRenderAsync(job.Id, file, cancellationToken);
    }
}
