using Framelane.Application.Abstractions;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

sealed class UsageLedger(FramelaneDbContext db) : IUsageLedger
{
    public void Add(UsageEntry entry) => db.Usage.Add(entry);

    public async Task<IReadOnlyDictionary<UsageKind, long>> SumAsync(
        WorkspaceId workspaceId, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        await Sums(db, workspaceId, from, until).ToDictionaryAsync(sum => sum.Kind, sum => sum.Quantity, cancellationToken);

    public async Task<CommittedUsage> CommittedAsync(WorkspaceId workspaceId, CalendarMonth month, CancellationToken cancellationToken)
    {
        // In this order, for READ COMMITTED shows each statement what was committed before it: a job that completes in between is in both.
        var reserved = await Reserved(db, workspaceId).SumAsync(cancellationToken);
        var used = await Sums(db, workspaceId, month.Start, month.End).SingleOrDefaultAsync(sum => sum.Kind == UsageKind.Render, cancellationToken);
        return new(used?.Quantity ?? 0, reserved);
    }

    internal static IQueryable<long> Reserved(FramelaneDbContext db, WorkspaceId workspaceId) =>
        db.Jobs.Open().Where(job => job.WorkspaceId == workspaceId).Select(job => job.ReservedMilliseconds);

    internal static IQueryable<UsageSum> Sums(FramelaneDbContext db, WorkspaceId workspaceId, DateTimeOffset from, DateTimeOffset until) => db.Usage
        .Where(entry => entry.WorkspaceId == workspaceId && entry.At >= from && entry.At < until)
        .GroupBy(entry => entry.Kind)
        .Select(kind => new UsageSum { Kind = kind.Key, Quantity = kind.Sum(entry => entry.Quantity) });

    internal sealed class UsageSum
    {
        public required UsageKind Kind { get; init; }

        public required long Quantity { get; init; }
    }
}
