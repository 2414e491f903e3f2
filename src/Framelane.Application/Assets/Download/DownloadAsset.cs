using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Assets.Download;

/// <summary>Asks for an address from which an asset can be downloaded by anyone, as long as <see cref="DownloadJobQuery.Lifetime"/>.</summary>
/// <param name="Owner">The workspace that the address names.</param>
/// <param name="Name">The last part of the address.</param>
public sealed record DownloadAssetQuery(WorkspaceId WorkspaceId, string Owner, string Name) : IRequest<Result<Uri>>;

sealed class DownloadAssetHandler(IAssetRepository assets, IObjectStorage storage) : IRequestHandler<DownloadAssetQuery, Result<Uri>>
{
    public async Task<Result<Uri>> Handle(DownloadAssetQuery query, CancellationToken cancellationToken)
    {
        if (query.Owner != query.WorkspaceId.Value || SourceUrls.Split(query.Name) is not var (id, _)
            || await assets.FindAsync(query.WorkspaceId, id.Value, cancellationToken) is not { } asset
            || asset.Status == AssetStatus.Failed || SourceUrls.NameOf(asset) != query.Name)
            return AssetErrors.NoSuchFile;
        return asset.Status == AssetStatus.Ready
            ? storage.SignUrl(asset.Key!, DownloadJobQuery.Lifetime, asset.Filename ?? query.Name)
            : AssetErrors.NotReady(asset.Status);
    }
}
