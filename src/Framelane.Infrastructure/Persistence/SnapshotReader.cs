using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Signing;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence;

sealed class SnapshotReader(TimelyContexts contexts, ISecretProtector protector, TimeProvider time) : ISnapshotReader
{
    public async Task<EpochReading> ReadEpochsAsync(IReadOnlyCollection<WorkspaceId> workspaceIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(cancellationToken);
        var started = time.GetTimestamp();
        return new(await ReadEpochsAsync(db, workspaceIds, cancellationToken), started);
    }

    public async Task<Permit?> ReadSnapshotAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.OpenAsync(cancellationToken);
        var started = time.GetTimestamp();
        while (await db.Workspaces.AsNoTracking().SingleOrDefaultAsync(row => row.Id == workspaceId && row.DeletedAt == null, cancellationToken) is { } workspace)
        {
            var endpoints = await db.Webhooks.AsNoTracking()
                .Where(webhook => webhook.WorkspaceId == workspaceId)
                .Select(webhook => new { webhook.Id, webhook.Url, webhook.Enabled })
                .ToListAsync(cancellationToken);

            // Two reads are one state only if nothing was committed between them; every change of either raises the epoch.
            var epochs = await ReadEpochsAsync(db, [workspaceId], cancellationToken);
            if (epochs.GetValueOrDefault(workspaceId) == workspace.Epoch)
            {
                var snapshot = new WorkspaceSnapshot(
                    workspaceId,
                    workspace.Epoch,
                    KeyOf(workspace.CurrentSecret),
                    workspace is { PreviousSecret: { } previous, PreviousExpiresAt: { } until } ? (KeyOf(previous), until) : null,
                    endpoints.Select(endpoint => new EndpointSnapshot(endpoint.Id, new(endpoint.Url), endpoint.Enabled)));
                return new(snapshot, started);
            }
        }

        return null;

        SigningKey KeyOf(SealedSecret secret) => new(protector.Open(workspaceId, secret));
    }

    static Task<Dictionary<WorkspaceId, long>> ReadEpochsAsync(
        FramelaneDbContext db, IReadOnlyCollection<WorkspaceId> workspaceIds, CancellationToken cancellationToken) => db.Workspaces.AsNoTracking()
        .Where(workspace => workspaceIds.Contains(workspace.Id) && workspace.DeletedAt == null)
        .Select(workspace => new { workspace.Id, workspace.Epoch })
        .ToDictionaryAsync(row => row.Id, row => row.Epoch, cancellationToken);
}
