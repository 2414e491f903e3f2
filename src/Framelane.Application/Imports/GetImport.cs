using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Imports;

public sealed record GetImportQuery(WorkspaceId WorkspaceId, string ImportId) : IRequest<Result<ImportResponse>>;

sealed class GetImportHandler(IAssetRepository assets, ImportViews views) : IRequestHandler<GetImportQuery, Result<ImportResponse>>
{
    public async Task<Result<ImportResponse>> Handle(GetImportQuery query, CancellationToken cancellationToken) =>
        await assets.FindImportAsync(query.WorkspaceId, query.ImportId, cancellationToken) is { } asset ? views.Of(asset) : Error.NotFound("Import");
}
