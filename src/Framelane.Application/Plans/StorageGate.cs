using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Plans;

/// <summary>Whether a workspace's plan lets it keep more: the bytes of its assets count, and of uploads that are on their way.</summary>
/// <remarks>
/// Nothing is locked or reserved: uploads and imports that come at the same time may pass the limit together, by what they bring until they are looked at
/// again. They are summed up only where the plan has a limit.
/// </remarks>
public sealed class StorageGate(IWorkspaceRepository workspaces, IAssetRepository assets, IOptions<PlanOptions> plans)
{
    /// <returns>Null where the plan sets no limit.</returns>
    public async Task<StorageUse?> FindAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        var plan = (await workspaces.GetAsync(workspaceId, cancellationToken)).Plan;
        return plans.Value.Of(plan).StorageBytes is { } limit ? new(plan, limit, await assets.StoredBytesAsync(workspaceId, cancellationToken)) : null;
    }

    /// <summary>Why nothing more may be kept; null where something may.</summary>
    public async Task<Error?> FindFaultAsync(WorkspaceId workspaceId, CancellationToken cancellationToken) =>
        await FindAsync(workspaceId, cancellationToken) is { Left: 0 } full ? PlanErrors.OverStorage(full) : null;
}

/// <param name="Limit">Bytes.</param>
/// <param name="Used">Bytes.</param>
public sealed record StorageUse(Plan Plan, long Limit, long Used)
{
    public long Left => Math.Max(0, Limit - Used);

    /// <summary>The same with other bytes, or, of a negative number, without some.</summary>
    public StorageUse With(long bytes) => this with { Used = Used + bytes };
}
