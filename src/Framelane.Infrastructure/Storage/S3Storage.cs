using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Transfer;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Framelane.Infrastructure.Storage;

/// <summary>Keeps files in a bucket of Amazon S3 or a server that speaks its protocol. Clients download from there.</summary>
sealed class S3Storage(IAmazonS3 client, IOptions<StorageOptions> options, TimeProvider time) : IObjectStorage
{
    /// <summary>No key: there is never such a file.</summary>
    const string Probe = "~probe";

    readonly string bucket = options.Value.S3.Bucket!;

    readonly Protocol protocol = options.Value.S3.Endpoint is { } endpoint && new Uri(endpoint).Scheme == Uri.UriSchemeHttp ? Protocol.HTTP : Protocol.HTTPS;

    // An object is there once all of it is. What is large goes in parts, which the library takes back when one fails.
    public async Task PutAsync(string key, string path, string contentType, CancellationToken cancellationToken)
    {
        ObjectKey.Checked(key);
        await using var source = new FileStream(path, new FileStreamOptions { Options = FileOptions.Asynchronous });
        using var transfer = new TransferUtility(client);
        await transfer.UploadAsync(
            new TransferUtilityUploadRequest { BucketName = bucket, Key = key, InputStream = source, ContentType = contentType, AutoCloseStream = false },
            cancellationToken);
    }

    public async Task<StoredObject?> FindAsync(string key, CancellationToken cancellationToken)
    {
        ObjectKey.Checked(key);
        try
        {
            var found = await client.GetObjectMetadataAsync(bucket, key, cancellationToken);
            return new(key, found.ContentLength, found.Headers.ContentType, found.ETag.Trim('"'));
        }
        catch (AmazonS3Exception failure) when (failure.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<Stream> OpenReadAsync(string key, CancellationToken cancellationToken)
    {
        ObjectKey.Checked(key);
        try
        {
            return (await client.GetObjectAsync(bucket, key, cancellationToken)).ResponseStream;
        }
        catch (AmazonS3Exception failure) when (failure.ErrorCode == "NoSuchKey")
        {
            throw new FileNotFoundException("There is no such file in storage.", key, failure);
        }
    }

    public async Task<bool> CopyAsync(string key, string target, CancellationToken cancellationToken)
    {
        ObjectKey.Checked(target);
        return await FindAsync(key, cancellationToken) is { } found && await new S3Copy(client, bucket).RunAsync(found, target, cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        client.DeleteObjectAsync(bucket, ObjectKey.Checked(key), cancellationToken);

    public async Task DeleteFolderAsync(string name, CancellationToken cancellationToken)
    {
        var prefix = ObjectKey.Checked(name) + "/";
        // Always the first page: what was on it is gone.
        while (await client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = prefix }, cancellationToken) is { S3Objects: { Count: > 0 } found })
            await DeleteAsync(found, cancellationToken);
    }

    /// <param name="found">A page of a list, which is as many as one request deletes.</param>
    async Task DeleteAsync(List<S3Object> found, CancellationToken cancellationToken)
    {
        try
        {
            await client.DeleteObjectsAsync(
                new() { BucketName = bucket, Objects = [.. found.Select(each => new KeyVersion { Key = each.Key })], Quiet = true }, cancellationToken);
        }
        catch (AmazonS3Exception refusal) when (refusal is not DeleteObjectsException)
        {
            // Not all servers know the request, and some want a checksum of another kind.
            foreach (var each in found)
                await client.DeleteObjectAsync(bucket, each.Key, cancellationToken);
        }
    }

    /// <remarks>Listing is what permissions most often leave out: who may not list is not told either that an object is not there.</remarks>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        client.ListObjectsV2Async(new() { BucketName = bucket, Prefix = Probe, MaxKeys = 1 }, cancellationToken);

    public Uri SignUrl(string key, TimeSpan lifetime, string? filename)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = bucket,
            Key = ObjectKey.Checked(key),
            Verb = HttpVerb.GET,
            Protocol = protocol,
            Expires = (time.GetUtcNow() + lifetime).UtcDateTime,
        };
        if (filename is not null)
            request.ResponseHeaderOverrides.ContentDisposition = Attachment(filename);
        return new(client.GetPreSignedURL(request));
    }

    static string Attachment(string filename)
    {
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(filename);
        return disposition.ToString();
    }
}
