using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using MediatR;

namespace Framelane.Application.Assets.Delete;

/// <summary>Deletes an asset that no job needs any more. Its bytes go in the background.</summary>
public sealed record DeleteAssetCommand(Actor Actor, string AssetId) : IRequest<Result<Unit>>;

sealed class DeleteAssetHandler(IUnitOfWork unitOfWork, IAssetRepository assets, IAuditLog audit, TimeProvider time)
    : IRequestHandler<DeleteAssetCommand, Result<Unit>>
{
    public Task<Result<Unit>> Handle(DeleteAssetCommand command, CancellationToken cancellationToken) => unitOfWork.ExecuteAsync<Unit>(
        async token =>
        {
            if (await assets.FindForUpdateAsync(command.Actor.WorkspaceId, command.AssetId, token) is not { } asset)
                return AssetErrors.NotFound;
            if (!asset.IsSettled)
                return AssetErrors.NotSettled;
            if (await assets.IsUsedAsync(asset.Id, token))
                return AssetErrors.InUse;
            var now = time.GetUtcNow();
            asset.Delete(now);
            audit.Add(AuditEntry.Of(AuditActions.AssetDeleted, asset.Id.Value, command.Actor, now));
            return Unit.Value;
        },
        cancellationToken);
}
