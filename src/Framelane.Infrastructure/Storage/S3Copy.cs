using Amazon.S3;
using Amazon.S3.Model;
using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Storage;

/// <summary>Copies within a bucket: the server does, and nothing comes by here.</summary>
sealed class S3Copy(IAmazonS3 client, string bucket)
{
    /// <summary>Bytes that S3 copies in one request.</summary>
    public long Largest { get; init; } = 5L << 30;

    /// <summary>Bytes in each request where one is not enough.</summary>
    public long Part { get; init; } = 512L << 20;

    /// <returns>Whether the file was still there.</returns>
    public async Task<bool> RunAsync(StoredObject source, string target, CancellationToken cancellationToken)
    {
        try
        {
            if (source.Size <= Largest)
                await client.CopyObjectAsync(new CopyObjectRequest { SourceBucket = bucket, SourceKey = source.Key, DestinationBucket = bucket, DestinationKey = target }, cancellationToken);
            else
                await InPartsAsync(source, target, cancellationToken);
            return true;
        }
        catch (AmazonS3Exception failure) when (failure.ErrorCode == "NoSuchKey")
        {
            return false;
        }
    }

    async Task InPartsAsync(StoredObject source, string target, CancellationToken cancellationToken)
    {
        var begun = await client.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = bucket, Key = target, ContentType = source.ContentType }, cancellationToken);
        try
        {
            var parts = new List<PartETag>();
            for (long first = 0; first < source.Size; first += Part)
            {
                var part = await client.CopyPartAsync(
                    new CopyPartRequest
                    {
                        SourceBucket = bucket, SourceKey = source.Key, DestinationBucket = bucket, DestinationKey = target, UploadId = begun.UploadId,
                        PartNumber = parts.Count + 1, FirstByte = first, LastByte = Math.Min(first + Part, source.Size) - 1,
                    },
                    cancellationToken);
                parts.Add(new(parts.Count + 1, part.ETag));
            }

            await client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = bucket, Key = target, UploadId = begun.UploadId, PartETags = parts }, cancellationToken);
        }
        catch
        {
            await AbortAsync(target, begun.UploadId);
            throw;
        }
    }

    async Task AbortAsync(string target, string uploadId)
    {
        try
        {
            await client.AbortMultipartUploadAsync(bucket, target, uploadId, CancellationToken.None);
        }
        catch (AmazonS3Exception)
        {
            // What failed before is what should be heard.
        }
    }
}
