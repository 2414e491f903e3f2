using Framelane.Application.Abstractions;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class UsageLedger(FramelaneDbContext db) : IUsageLedger
{
    static readonly UsageKind[] Kinds = Enum.GetValues<UsageKind>();

    public void Add(UsageEntry entry) => db.Usage.Add(entry);

    /// <remarks>Of several that are an hour's first at once all but one fail on the index of such lines; their units of work then find the line.</remarks>
    public async Task AddEgressAsync(UsageEntry entry, CancellationToken cancellationToken)
    {
        var raised = await db.Usage
            .Where(line => line.WorkspaceId == entry.WorkspaceId && line.Kind == UsageKind.Egress && line.At == entry.At)
            .ExecuteUpdateAsync(line => line.SetProperty(hour => hour.Quantity, hour => hour.Quantity + entry.Quantity), cancellationToken);
        if (raised == 0)
            db.Usage.Add(entry);
    }

    public async Task<IReadOnlyDictionary<UsageKind, long>> SumAsync(
        WorkspaceId workspaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        await Sums(db, workspaceId, from, until).ToDictionaryAsync(sum => sum.Kind, sum => sum.Quantity, cancellationToken);

    public async Task<CommittedUsage> CommittedAsync(WorkspaceId workspaceId, CalendarMonth month, CancellationToken cancellationToken)
    {
        // In this order, for READ COMMITTED shows each statement what was committed before it: a job that completes in between is in both.
        var reserved = await Reserved(db, workspaceId).SumAsync(cancellationToken);
        return new(await Used(db, workspaceId, month).SumAsync(cancellationToken), reserved);
    }

    internal static IQueryable<long> Reserved(FramelaneDbContext db, WorkspaceId workspaceId) =>
        db.Jobs.Open().Where(job => job.WorkspaceId == workspaceId).Select(job => job.ReservedMilliseconds);

    internal static IQueryable<long> Used(FramelaneDbContext db, WorkspaceId workspaceId, CalendarMonth month) => db.Usage
        .Where(entry => entry.WorkspaceId == workspaceId && entry.Kind == UsageKind.Render && entry.At >= month.Start && entry.At < month.End)
        .Select(entry => entry.Quantity);

    /// <remarks>All kinds are named, for the index has them before the time.</remarks>
    internal static IQueryable<UsageSum> Sums(FramelaneDbContext db, WorkspaceId workspaceId, DateTimeOffset from, DateTimeOffset until) => db.Usage
        .Where(entry => entry.WorkspaceId == workspaceId && Kinds.Contains(entry.Kind) && entry.At >= from && entry.At < until)
        .GroupBy(entry => entry.Kind)
        .Select(kind => new UsageSum { Kind = kind.Key, Quantity = kind.Sum(entry => entry.Quantity) });

    internal sealed class UsageSum
    {
        public required UsageKind Kind { get; init; }

        public required long Quantity { get; init; }
    }
}
