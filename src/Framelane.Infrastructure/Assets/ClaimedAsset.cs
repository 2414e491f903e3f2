using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Leasing;

namespace Framelane.Infrastructure.Assets;

/// <summary>An asset that this process works on.</summary>
/// <param name="FetchUrl">Where it is fetched from; null where its bytes lie in storage already.</param>
/// <param name="Key">Where they lie; null where they are to be fetched.</param>
/// <param name="ContentType">What the client said that it is; null where it said nothing.</param>
sealed record ClaimedAsset(AssetId Id, WorkspaceId WorkspaceId, long Fence, string? FetchUrl, string? Key, string? ContentType) : IClaim
{
    public string Name => Id.Value;
}

/// <summary>What was found out about a file.</summary>
sealed record AssetFindings(MediaType Type, AssetMetadata Metadata);

/// <summary>Where a file was put.</summary>
sealed record StoredFile(string Key, long Size);
