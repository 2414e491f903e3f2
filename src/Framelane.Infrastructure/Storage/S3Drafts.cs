using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Storage;

/// <summary>Keeps a draft as the parts of a multipart upload, which any node can go on with.</summary>
sealed class S3Drafts(IAmazonS3 client, S3Storage storage, IOptions<StorageOptions> options) : IDraftStorage
{
    readonly string bucket = options.Value.S3.Bucket!;

    public async Task<IDraft?> OpenAsync(DraftTarget target, SavedDraft from, long fence, CancellationToken cancellationToken) =>
        await LoadAsync(target, from.Length > 0 ? from : await BeginAnewAsync(target, from, cancellationToken), fence, cancellationToken);

    public async Task CompleteAsync(DraftTarget target, SavedDraft whole, CancellationToken cancellationToken)
    {
        // Its parts are gone where it was completed before.
        if ((await storage.FindAsync(target.Key, cancellationToken))?.Size != whole.Length)
        {
            await using var draft = await LoadAsync(target, whole, fence: 0, cancellationToken);
            await draft.CompleteAsync(cancellationToken);
        }

        await DropTailsAsync(target, cancellationToken);
    }

    public async Task AbortAsync(DraftTarget target, string? notes, CancellationToken cancellationToken)
    {
        foreach (var upload in await UploadsAsync(target, S3DraftNotes.Read(notes).Upload, cancellationToken))
            await AbortUploadAsync(target.Key, upload, cancellationToken);
        await DropTailsAsync(target, cancellationToken);
    }

    public async Task AbortFolderAsync(string name, CancellationToken cancellationToken)
    {
        foreach (var upload in await ListedAsync(ObjectKey.Checked(name) + "/", cancellationToken))
            await AbortUploadAsync(upload.Key, upload.UploadId, cancellationToken);
        await storage.DeleteFolderAsync(S3Draft.FolderOf(name), cancellationToken);
    }

    /// <summary>A writer may have completed it, and not lived to say so: then its upload takes no more parts, and its file would be taken for this one's.</summary>
    async Task<SavedDraft> BeginAnewAsync(DraftTarget target, SavedDraft from, CancellationToken cancellationToken)
    {
        if (from.Notes is null)
            return from;
        if (S3DraftNotes.Read(from.Notes).Upload is { } upload)
            await AbortUploadAsync(target.Key, upload, cancellationToken);
        await storage.DeleteAsync(target.Key, cancellationToken);
        return from;
    }

    async Task AbortUploadAsync(string key, string upload, CancellationToken cancellationToken)
    {
        try
        {
            await client.AbortMultipartUploadAsync(bucket, key, upload, cancellationToken);
        }
        catch (AmazonS3Exception failure) when (failure.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            // It is complete or aborted already; or this server, or what we may do on it, leaves no other way than to let them lie.
        }
    }

    async Task<S3Draft> LoadAsync(DraftTarget target, SavedDraft from, long fence, CancellationToken cancellationToken)
    {
        ObjectKey.Checked(target.Key);
        var draft = new S3Draft(client, bucket, target, S3DraftNotes.Of(from), fence);
        try
        {
            await draft.LoadAsync(cancellationToken);
            return draft;
        }
        catch
        {
            await draft.DisposeAsync();
            throw;
        }
    }

    /// <summary>Those too that a writer began and did not live to note.</summary>
    async Task<IEnumerable<string>> UploadsAsync(DraftTarget target, string? noted, CancellationToken cancellationToken)
    {
        string[] known = noted is null ? [] : [noted];
        var listed = await ListedAsync(ObjectKey.Checked(target.Key), cancellationToken);
        return known.Union(listed.Where(upload => upload.Key == target.Key).Select(upload => upload.UploadId));
    }

    /// <summary>The first page: whoever aborts them all comes again.</summary>
    async Task<IReadOnlyList<MultipartUpload>> ListedAsync(string prefix, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix }, cancellationToken)).MultipartUploads ?? [];
        }
        catch (AmazonS3Exception failure) when (failure.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            // Listing is a permission of its own, and some servers do not know it. A rule of the bucket's drops what nobody noted.
            return [];
        }
    }

    async Task DropTailsAsync(DraftTarget target, CancellationToken cancellationToken)
    {
        var listed = await client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = S3Draft.TailsOf(target) }, cancellationToken);
        foreach (var tail in listed.S3Objects ?? [])
            await client.DeleteObjectAsync(bucket, tail.Key, cancellationToken);
    }
}
