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

    /// <summary>Storage's own name of what was begun; null before the first byte.</summary>
    public string? Draft { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Until when its writer has it to itself.</summary>
    public DateTimeOffset WriterUntil { get; private set; }

    /// <summary>Raised by every writer: whoever holds an older one has lost its lease.</summary>
    public long Fence { get; private set; }

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
}
