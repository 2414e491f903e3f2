using System.Buffers;
using Amazon.S3;
using Amazon.S3.Model;
using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Storage;

/// <summary>Fills one part after the other. What is less than a part is put aside when it has to be saved.</summary>
sealed class S3Draft(IAmazonS3 client, string bucket, DraftTarget target, S3DraftNotes start, long fence) : IDraft
{
    /// <summary>It grows with what has come: many clients that send next to nothing must not hold a part each.</summary>
    const int FirstBytes = 1 << 18;

    byte[] part = ArrayPool<byte>.Shared.Rent(FirstBytes);

    S3DraftNotes full = start with { Tail = null };

    S3DraftNotes saved = start;

    int filled;

    public static string TailsOf(DraftTarget target) => FolderOf(target.Key) + "/";

    public static string FolderOf(string name) => $"drafts/{name}";

    /// <summary>Takes up what the last writer had put aside.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (saved.Replaced is { } old)
            await client.DeleteObjectAsync(bucket, old, cancellationToken);
        if (saved.Tail is not { } tail)
            return;
        Grow(tail.Length);
        using var answer = await client.GetObjectAsync(bucket, tail.Key, cancellationToken);
        await answer.ResponseStream.ReadExactlyAsync(part.AsMemory(0, tail.Length), cancellationToken);
        filled = tail.Length;
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            var count = Math.Min(bytes.Length, S3DraftNotes.PartBytes - filled);
            Grow(filled + count);
            bytes[..count].CopyTo(part.AsMemory(filled));
            bytes = bytes[count..];
            filled += count;
            if (filled == S3DraftNotes.PartBytes)
                await PutPartAsync(cancellationToken);
        }
    }

    public async Task<SavedDraft> SaveAsync(bool all, CancellationToken cancellationToken)
    {
        if (saved.Length < full.Length)
            saved = full with { Replaced = saved.Tail?.Key };
        if (all && saved.Length < full.Length + filled)
        {
            var tail = new S3Tail($"{TailsOf(target)}{Guid.NewGuid():N}", filled);
            using var content = new MemoryStream(part, 0, filled, writable: false);
            await client.PutObjectAsync(new() { BucketName = bucket, Key = tail.Key, InputStream = content, AutoCloseStream = false }, cancellationToken);
            saved = full with { Tail = tail, Replaced = saved.Tail?.Key ?? saved.Replaced };
        }

        return saved.ToSaved();
    }

    /// <summary>Makes a file of the parts and what is left behind them.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (full.Upload is null || full.Parts.Count == 0)
        {
            using var content = new MemoryStream(part, 0, filled, writable: false);
            await client.PutObjectAsync(
                new() { BucketName = bucket, Key = target.Key, ContentType = target.ContentType, InputStream = content, AutoCloseStream = false }, cancellationToken);
            return;
        }

        if (filled > 0)
            await PutPartAsync(cancellationToken);
        await client.CompleteMultipartUploadAsync(
            new()
            {
                BucketName = bucket,
                Key = target.Key,
                UploadId = full.Upload,
                PartETags = [.. full.Parts.Select(done => new PartETag(done.Number, done.ETag))],
            },
            cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(part);
        return ValueTask.CompletedTask;
    }

    void Grow(int needed)
    {
        if (needed <= part.Length)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(Math.Max(needed, part.Length * 2), S3DraftNotes.PartBytes));
        part.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(part);
        part = larger;
    }

    async Task PutPartAsync(CancellationToken cancellationToken)
    {
        var upload = full.Upload
            ?? (await client.InitiateMultipartUploadAsync(new() { BucketName = bucket, Key = target.Key, ContentType = target.ContentType }, cancellationToken)).UploadId;
        full = full with { Upload = upload };
        var number = full.NextNumber(fence);
        using var content = new MemoryStream(part, 0, filled, writable: false);
        var answer = await client.UploadPartAsync(
            new() { BucketName = bucket, Key = target.Key, UploadId = upload, PartNumber = number, PartSize = filled, InputStream = content }, cancellationToken);
        full = full with { Parts = [.. full.Parts, new S3Part(number, answer.ETag)] };
        filled = 0;
    }
}
