using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Application.Usage;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Assets.Download;

/// <summary>Gives out an address from which an asset can be downloaded by anyone, as long as <see cref="DownloadJobCommand.Lifetime"/>. It counts as egress.</summary>
/// <param name="Owner">The workspace that the address names.</param>
/// <param name="Name">The last part of the address.</param>
public sealed record DownloadAssetCommand(WorkspaceId WorkspaceId, string Owner, string Name) : IRequest<Result<Uri>>;

sealed class DownloadAssetHandler(IUnitOfWork unitOfWork, IAssetRepository assets, IUsageLedger ledger, IObjectStorage storage, TimeProvider time)
    : IRequestHandler<DownloadAssetCommand, Result<Uri>>
{
    public async Task<Result<Uri>> Handle(DownloadAssetCommand command, CancellationToken cancellationToken)
    {
        if (command.Owner != command.WorkspaceId.Value || SourceUrls.Split(command.Name) is not var (id, _)
            || await assets.FindAsync(command.WorkspaceId, id.Value, cancellationToken) is not { } asset
            || asset.Status == AssetStatus.Failed || SourceUrls.NameOf(asset) != command.Name)
            return AssetErrors.NoSuchFile;
        return asset is { Status: AssetStatus.Ready, Key: { } key, SizeBytes: { } bytes }
            ? await unitOfWork.GiveOutAsync(ledger, asset.WorkspaceId, bytes, time, () => storage.SignUrl(key, DownloadJobCommand.Lifetime, asset.Filename ?? command.Name), cancellationToken)
            : AssetErrors.NotReady(asset.Status);
    }
}
