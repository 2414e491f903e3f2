using Framelane.Application.Abstractions;
using Framelane.Application.Plans;
using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Billing;

/// <summary>Reports the minutes that plans bill beyond those they include: makes reports of renders, then tells them to the provider.</summary>
/// <remarks>
/// A report is made once, under the workspace's lock, and told until the provider has it, always under the same name: whoever dies in between,
/// and however many do this at once, the provider counts it once (docs/adr/0031).
/// </remarks>
sealed class UsageMeter(
    IDbContextFactory<FramelaneDbContext> contexts,
    DatabaseWriter writer,
    IDatabaseProvider database,
    IBillingProvider provider,
    IOptions<PlanOptions> plans,
    MeterMetrics metrics,
    TimeProvider time,
    ILogger<UsageMeter> logger) : ISweep
{
    public const int BatchSize = 500;

    /// <summary>Workspaces whose reports are told at a time: one that the provider does not answer for holds up few.</summary>
    const int AtOnce = 8;

    static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    public TimeSpan Interval => TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await CountAllAsync(cancellationToken);
        await GiveUpAsync(cancellationToken);
        return provider.TakesMinutes ? await TellAllAsync(cancellationToken) : 0;
    }

    /// <remarks>While a report of a workspace is not told, its renders wait: after an outage one report tells of them all.</remarks>
    static IQueryable<WorkspaceId> Uncounted(FramelaneDbContext db) => db.MeteredRenders
        .Where(render => render.CountedAt == null && !db.MeterReports.Any(report => report.WorkspaceId == render.WorkspaceId && report.DueAt != null))
        .Select(render => render.WorkspaceId)
        .Distinct();

    async Task CountAllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var id in await Uncounted(db).ToListAsync(cancellationToken))
        {
            try
            {
                while (await CountAsync(db, id, cancellationToken) == BatchSize)
                {
                }
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "The minutes of {Workspace} could not be counted; tried again in {Pause}.", id, Interval);
            }
        }
    }

    Task<int> CountAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken) => writer.ExecuteAsync(
        db,
        async token =>
        {
            // No two at once, or both would find the same minutes that nobody has reported.
            if (await database.LockWorkspaceAsync(db, id, token) is null)
                return (0, false);
            var now = time.GetUtcNow();

            // Read before they are added up: one that completes in between is added up already, and looked at once more.
            var renders = await db.MeteredRenders
                .Where(render => render.WorkspaceId == id && render.CountedAt == null)
                .OrderBy(render => render.CompletedAt)
                .Take(BatchSize)
                .ToListAsync(token);
            foreach (var group in renders.GroupBy(render => (render.Month, render.Plan)))
            {
                if (await NextAsync(db, id, group.Key.Month, group.Key.Plan, group.Max(render => render.CompletedAt), now, token) is { } report)
                    db.MeterReports.Add(report);
                foreach (var render in group)
                    render.Count(now);
            }

            return (renders.Count, true);
        },
        cancellationToken);

    async Task<MeterReport?> NextAsync(
        FramelaneDbContext db, WorkspaceId id, DateTimeOffset month, Plan plan, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (plans.Value.Of(plan).BilledBeyondMilliseconds is not { } included)
            return null;
        var used = await db.MeteredRenders
            .Where(render => render.Month == month && render.WorkspaceId == id && render.Plan == plan)
            .SumAsync(render => render.Milliseconds, cancellationToken);
        var reported = await db.MeterReports
            .Where(report => report.Month == month && report.WorkspaceId == id && report.Plan == plan)
            .SumAsync(report => report.Minutes, cancellationToken);
        return MeterReport.Next(id, month, plan, used, included, reported, at, now);
    }

    async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var old = time.GetUtcNow() - MeterReport.Lifetime;
        foreach (var report in await db.MeterReports.AsNoTracking().Where(report => report.DueAt != null && report.At < old).ToListAsync(cancellationToken))
        {
            if (!await EndAsync(db, report, toldAt: null, cancellationToken))
                continue;
            metrics.GivenUp();
            logger.LogError(
                "{Minutes} minutes that {Workspace} used until {At:u} were never billed ({Report}): the payment provider takes none that are so old.",
                report.Minutes, report.WorkspaceId, report.At, report.Id);
        }
    }

    async Task<int> TellAllAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var due = await db.BillingAccounts.AsNoTracking()
            .Where(account => db.MeterReports.Any(report => report.WorkspaceId == account.WorkspaceId && report.DueAt <= now))
            .ToListAsync(cancellationToken);
        var told = 0;
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (account, token) =>
            {
                var count = await TellAsync(account, token);
                Interlocked.Add(ref told, count);
            });
        return told;
    }

    async Task<int> TellAsync(BillingAccount account, CancellationToken cancellationToken)
    {
        var told = 0;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            foreach (var report in await TakeAsync(db, account.WorkspaceId, cancellationToken))
            {
                await provider.ReportMinutesAsync(account.CustomerId, report.Minutes, report.Id.Value, report.At, cancellationToken);
                if (!await EndAsync(db, report, time.GetUtcNow(), cancellationToken))
                    continue;
                metrics.Told(report.Minutes);
                told++;
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.Failed();
            logger.LogWarning(failure, "The minutes of {Workspace} could not be reported; tried again in {Pause}.", account.WorkspaceId, AfterFailure);
        }

        return told;
    }

    /// <summary>Puts all of the workspace off before the first is told, so that whoever fails at one, or dies, has done so already.</summary>
    async Task<IReadOnlyList<MeterReport>> TakeAsync(FramelaneDbContext db, WorkspaceId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? until = now + AfterFailure;
        var due = db.MeterReports.Where(report => report.WorkspaceId == id && report.DueAt <= now);
        var taken = await writer.ExecuteAsync(
            token => due.ExecuteUpdateAsync(row => row.SetProperty(report => report.DueAt, until), token), cancellationToken);
        return taken == 0
            ? []
            : await db.MeterReports.AsNoTracking()
                .Where(report => report.WorkspaceId == id && report.DueAt == until)
                .OrderBy(report => report.Id)
                .ToListAsync(cancellationToken);
    }

    /// <returns>Whether nobody else had ended it.</returns>
    async Task<bool> EndAsync(FramelaneDbContext db, MeterReport report, DateTimeOffset? toldAt, CancellationToken cancellationToken) =>
        1 == await writer.ExecuteAsync(
            token => db.MeterReports.Where(row => row.Id == report.Id && row.DueAt != null).ExecuteUpdateAsync(
                row => row.SetProperty(ended => ended.ToldAt, toldAt).SetProperty(ended => ended.DueAt, (DateTimeOffset?)null), token),
            cancellationToken);
}
