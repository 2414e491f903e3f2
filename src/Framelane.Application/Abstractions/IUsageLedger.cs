using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>What workspaces have used.</summary>
public interface IUsageLedger
{
    /// <summary>Adds a line in the transaction that runs.</summary>
    void Add(UsageEntry entry);

    /// <summary>Adds egress to the line of its hour in the transaction that runs; the first of an hour becomes that line.</summary>
    Task AddEgressAsync(UsageEntry entry, CancellationToken cancellationToken);

    /// <summary>How much of each kind was used from <paramref name="from"/> until just before <paramref name="until"/>; kinds of which nothing was are left out.</summary>
    Task<IReadOnlyDictionary<UsageKind, long>> SumAsync(WorkspaceId workspaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>What counts against a plan's minutes now. What ends meanwhile may be counted twice, and never not at all.</summary>
    Task<CommittedUsage> CommittedAsync(WorkspaceId workspaceId, CalendarMonth month, CancellationToken cancellationToken);
}
