using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Uploads;

/// <summary>The sending of an asset's bytes, in one piece or in parts, by one writer at a time.</summary>
/// <remarks>A writer holds it by a lease that it renews; one that died blocks nobody for longer than that.</remarks>
public sealed class Upload
{
    /// <summary>Under this many bytes: 5 GiB (contract/api.md).</summary>
    public const long SizeLimit = 5L << 30;

    /// <summary>From its creation on, this long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    Upload()
    {
    }

    public UploadId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public AssetId AssetId { get; private set; }

    /// <summary>What the client said that it would send, and has to say with every part.</summary>
    public string ContentType { get; private set; } = "";

    /// <summary>Bytes that lie in storage, from the first on.</summary>
    public long Received { get; private set; }

    /// <summary>Bytes of the whole, once a part has told.</summary>
    public long? Total { get; private set; }

    /// <summary>Storage's own notes on what was begun; null where it needs none.</summary>
    public string? Draft { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Until when its writer has it to itself.</summary>
    public DateTimeOffset WriterUntil { get; private set; }

    /// <summary>Raised by every writer: whoever holds an older one has lost its lease.</summary>
    public long Fence { get; private set; }

    public bool IsComplete => CompletedAt is not null;

    public static Upload Begin(UploadId id, WorkspaceId workspaceId, AssetId assetId, string contentType, DateTimeOffset now) => new()
    {
        Id = id,
        WorkspaceId = workspaceId,
        AssetId = assetId,
        ContentType = contentType,
        CreatedAt = now,
        ExpiresAt = now + Lifetime,
        WriterUntil = now,
    };

    /// <summary>Whether its time was over before it was complete.</summary>
    public bool IsOver(DateTimeOffset now) => !IsComplete && now >= ExpiresAt;

    public bool HasWriter(DateTimeOffset now) => !IsComplete && now < WriterUntil;

    /// <summary>A writer takes it, for as long as the lease.</summary>
    public void Take(TimeSpan lease, DateTimeOffset now)
    {
        if (IsComplete || IsOver(now) || HasWriter(now))
            throw new InvalidOperationException($"{Id} cannot be written now.");
        WriterUntil = now + lease;
        Fence++;
    }

    /// <summary>Whether the turn of the writer with this fence still stands.</summary>
    public bool IsHeld(long fence) => Fence == fence && !IsComplete;

    /// <summary>What was sent so far is worth nothing: the writer sends all of it.</summary>
    public void StartAnew() => (Received, Total) = (0, null);

    /// <summary>How many bytes all of it has.</summary>
    public void Announce(long total)
    {
        if (total < Received || (Total is { } known && known != total))
            throw new InvalidOperationException($"{Id} cannot be of {total} bytes.");
        Total = total;
    }

    /// <summary>So many bytes lie in storage now; the writer goes on.</summary>
    public void Record(long received, string? draft, TimeSpan lease, DateTimeOffset now) =>
        (Received, Draft, WriterUntil) = (received, draft, now + lease);

    /// <summary>The writer is done, or gave up.</summary>
    public void Release(DateTimeOffset now) => WriterUntil = now;

    /// <summary>All of it is there. Nothing changes it any more.</summary>
    public void Complete(DateTimeOffset now)
    {
        if (Received != Total)
            throw new InvalidOperationException($"{Id} has {Received} bytes of {Total}.");
        (CompletedAt, WriterUntil) = (now, now);
    }
}
