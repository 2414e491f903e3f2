using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Assets;

/// <summary>A media file or a font that a workspace keeps in storage, or is about to: what jobs name by its <c>source_url</c>.</summary>
/// <remarks>
/// Awaited (an upload) or fetching (all others) → received → ready or failed; deleted in the end. What is ready never changes. Workers that
/// fetch it or find out what it is hold it by a lease and a fence, as they do jobs.
/// </remarks>
public sealed class Asset : ILeased
{
    /// <summary>So often it is taken up; one that always takes its worker down with it must not do so for ever.</summary>
    public const int MaxRuns = 5;

    public const int MaxFilenameLength = 255;

    Asset()
    {
    }

    public AssetId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public AssetOrigin Origin { get; private set; }

    /// <summary>Of an import alone.</summary>
    public ImportId? ImportId { get; private set; }

    /// <summary>Where it is fetched from; null for an upload.</summary>
    public string? FetchUrl { get; private set; }

    /// <summary>The name that the client gave it; null where it gave none.</summary>
    public string? Filename { get; private set; }

    public AssetStatus Status { get; private set; }

    /// <summary>What it is served as; null while that is not known.</summary>
    public string? ContentType { get; private set; }

    /// <summary>The end of its <c>source_url</c>, without the dot; null while its kind is not known.</summary>
    public string? Extension { get; private set; }

    /// <summary>Where it lies in storage, once it is received.</summary>
    public string? Key { get; private set; }

    /// <summary>Bytes, once it is received.</summary>
    public long? SizeBytes { get; private set; }

    /// <summary>Once it is ready.</summary>
    public AssetMetadata? Metadata { get; private set; }

    /// <summary>Once it failed.</summary>
    public AssetError? Error { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>When it goes: an upload that did not come, or what retention keeps no longer; null where it is kept until it is deleted.</summary>
    public DateTimeOffset? ExpiresAt { get; private set; }

    /// <summary>When a worker may take it up: at once, or when the lease of the one that has it ends.</summary>
    public DateTimeOffset ClaimableAt { get; private set; }

    /// <summary>Raised by every claim: whoever holds an older one has lost its lease.</summary>
    public long Fence { get; private set; }

    /// <summary>How often a worker has taken it up.</summary>
    public int Runs { get; private set; }

    public bool IsSettled => Status is AssetStatus.Ready or AssetStatus.Failed or AssetStatus.Deleted;

    /// <summary>Whether there is work on it for a worker.</summary>
    public bool HasWork => Status is AssetStatus.Fetching or AssetStatus.Received;

    /// <summary>Its bytes are to be sent by the client.</summary>
    /// <param name="expiresAt">Until when they may be.</param>
    public static Asset Await(
        AssetId id, WorkspaceId workspaceId, string contentType, string extension, string? filename, DateTimeOffset expiresAt, DateTimeOffset now) => new()
    {
        Id = id,
        WorkspaceId = workspaceId,
        Origin = AssetOrigin.Upload,
        Status = AssetStatus.Awaited,
        ContentType = contentType,
        Extension = extension,
        Filename = filename,
        ExpiresAt = expiresAt,
        CreatedAt = now,
        ClaimableAt = now,
    };

    /// <summary>It is to be fetched for the client.</summary>
    public static Asset Import(AssetId id, ImportId importId, WorkspaceId workspaceId, string url, string? filename, DateTimeOffset now) =>
        Fetch(id, workspaceId, AssetOrigin.Import, url, now, filename, importId);

    /// <summary>It is to be fetched for a job.</summary>
    public static Asset Ingest(AssetId id, WorkspaceId workspaceId, string url, DateTimeOffset now) => Fetch(id, workspaceId, AssetOrigin.Ingest, url, now);

    /// <summary>A worker takes it up, for as long as the lease.</summary>
    public void Claim(TimeSpan lease, DateTimeOffset now)
    {
        if (!HasWork || ClaimableAt > now)
            throw new InvalidOperationException($"{Id} cannot be claimed now.");
        ClaimableAt = now + lease;
        Fence++;
        Runs++;
    }

    public bool IsHeld(long fence) => HasWork && Fence == fence;

    public void HandBack(DateTimeOffset claimableAt)
    {
        ClaimableAt = claimableAt;
        Fence++;
        Runs--;
    }

    /// <summary>Nobody takes it up before then.</summary>
    public void PutOff(DateTimeOffset until) => ClaimableAt = until;

    /// <summary>Its bytes lie in storage, whole: what they are is found out next.</summary>
    public void Receive(string key, long sizeBytes, DateTimeOffset now)
    {
        Require(AssetStatus.Awaited);
        (Status, Key, SizeBytes, ExpiresAt, ClaimableAt) = (AssetStatus.Received, key, sizeBytes, null, now);
    }

    /// <summary>The same, of what was fetched: what it is, is known with it.</summary>
    public void Fetched(string key, long sizeBytes, string contentType, string extension)
    {
        Require(AssetStatus.Fetching);
        (Status, Key, SizeBytes, ContentType, Extension) = (AssetStatus.Received, key, sizeBytes, contentType, extension);
    }

    /// <param name="expiresAt">When it goes; null where it is kept until it is deleted.</param>
    public void BecomeReady(AssetMetadata metadata, DateTimeOffset? expiresAt)
    {
        Require(AssetStatus.Received);
        (Status, Metadata, ExpiresAt) = (AssetStatus.Ready, metadata, expiresAt);
    }

    /// <param name="expiresAt">When nobody is told of it any more; null where that is known already.</param>
    public void Fail(AssetError error, DateTimeOffset? expiresAt = null)
    {
        if (IsSettled)
            throw new InvalidOperationException($"{Id} is {Status} already.");
        (Status, Error, ExpiresAt) = (AssetStatus.Failed, error, expiresAt ?? ExpiresAt);
        Fence++;
    }

    /// <summary>Nobody sees it any more. Its row goes once its bytes are gone.</summary>
    public void Delete(DateTimeOffset now)
    {
        (Status, ExpiresAt) = (AssetStatus.Deleted, now);
        Fence++;
    }

    static Asset Fetch(
        AssetId id, WorkspaceId workspaceId, AssetOrigin origin, string url, DateTimeOffset now, string? filename = null, ImportId? importId = null) => new()
    {
        Id = id,
        WorkspaceId = workspaceId,
        Origin = origin,
        ImportId = importId,
        FetchUrl = url,
        Filename = filename,
        Status = AssetStatus.Fetching,
        CreatedAt = now,
        ClaimableAt = now,
    };

    void Require(AssetStatus status)
    {
        if (Status != status)
            throw new InvalidOperationException($"{Id} is {Status}, not {status}.");
    }
}
