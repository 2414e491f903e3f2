using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Persistence.Records;

/// <summary>A family that a font of a workspace has, by which it is found. Written when the asset becomes ready; goes with its bytes.</summary>
sealed class AssetFontRecord
{
    public required AssetId AssetId { get; init; }

    public required string Family { get; init; }

    public required WorkspaceId WorkspaceId { get; init; }
}
