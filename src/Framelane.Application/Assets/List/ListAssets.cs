using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Assets.List;

/// <summary>The workspace's assets that are ready, newest first.</summary>
public sealed record ListAssetsQuery(WorkspaceId WorkspaceId, PageRequest Page) : IRequest<Page<AssetResponse>>;

sealed class ListAssetsHandler(IAssetRepository assets, AssetViews views) : IRequestHandler<ListAssetsQuery, Page<AssetResponse>>
{
    public async Task<Page<AssetResponse>> Handle(ListAssetsQuery query, CancellationToken cancellationToken) =>
        (await assets.ListReadyAsync(query.WorkspaceId, query.Page, cancellationToken)).Select(views.Of);
}
