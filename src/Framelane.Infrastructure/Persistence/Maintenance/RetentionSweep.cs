using Framelane.Domain.Billing;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Persistence.Idempotency;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Rotation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Removes what is past its time, in batches small enough that nobody waits for one.</summary>
sealed class RetentionSweep(
    IDbContextFactory<FramelaneDbContext> contexts,
    DatabaseWriter writer,
    IOptions<WebhooksOptions> options,
    TimeProvider time) : ISweep
{
    /// <summary>After a month's end: none of its minutes is taken any more by then.</summary>
    static readonly TimeSpan MeterRetention = TimeSpan.FromDays(40);

    /// <summary>Stripe sends an event for days by itself, and for a month when it is told to. Later still, one would be read anew and change nothing.</summary>
    static readonly TimeSpan BillingEventRetention = TimeSpan.FromDays(40);

    /// <summary>Rows; each may hold a scene of 2 MiB.</summary>
    const int RequestsAtOnce = 50;

    public TimeSpan Interval => TimeSpan.FromMinutes(10);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var old = now - options.Value.AttemptRetention;
        var gone = 0;
        foreach (var workspaceId in await db.Workspaces.Where(workspace => workspace.VerifyBy == null).Select(workspace => workspace.Id).ToListAsync(cancellationToken))
            gone += await DrainAttemptsAsync(db, workspaceId, old, cancellationToken);
        return gone
            + await DrainDeliveriesAsync(db, old, cancellationToken)
            + await DrainAsync(Events(db, old), cancellationToken)
            + await DrainSourcesAsync(db, cancellationToken)
            + await DrainRequestsAsync(db, cancellationToken)
            + await EraseUnverifiedAsync(db, now, cancellationToken)
            + await DrainSignupsAsync(db, now, cancellationToken)
            + await RememberedAnswers.DrainAsync(writer, db, db.IdempotencyKeys.Where(IsOver(now)), over => over.OrderBy(record => record.CreatedAt), time, cancellationToken)
            + await DrainAsync(db.BillingEvents.Where(handled => handled.HandledAt < now - BillingEventRetention), cancellationToken)
            + await DrainAsync(Metered(db, now), cancellationToken)
            + await DrainAsync(Reports(db, now), cancellationToken)
            + await DrainAsync(Spent(db, now), cancellationToken)
            + await DrainNodesAsync(db, now - NodeRegistry.Forgotten, cancellationToken);
    }

    // Ids begin with the time at which their thing was made: what is old is found at the beginning of the primary key, which for attempts
    // is a workspace's own.
    internal static IQueryable<DeliveryAttempt> Attempts(FramelaneDbContext db, WorkspaceId workspaceId, DateTimeOffset old)
    {
        var first = AttemptId.FromStored(UlidTime.Start(AttemptId.Prefix, old));
        return db.Attempts
            .Where(attempt => attempt.WorkspaceId == workspaceId && attempt.Id < first && attempt.EndedAt < old)
            .OrderBy(attempt => attempt.Id);
    }

    /// <remarks>The last claim's lease ended after its attempt did, so a delivery that was claimable before then has no younger attempt.</remarks>
    internal static IQueryable<Delivery> Deliveries(FramelaneDbContext db, DateTimeOffset old)
    {
        var first = DeliveryId.FromStored(UlidTime.Start(DeliveryId.Prefix, old));
        return Ended(db, old).Where(delivery => delivery.Id < first).OrderBy(delivery => delivery.Id);
    }

    static IQueryable<Delivery> Ended(FramelaneDbContext db, DateTimeOffset old) =>
        db.Deliveries.Where(delivery => delivery.State != DeliveryState.Pending && delivery.ClaimableAt < old);

    /// <remarks>
    /// "No first one" rather than "not any": that is asked row by row. The other may be planned as a join, for which PostgreSQL reads all events.
    /// </remarks>
    internal static IQueryable<WebhookEvent> Events(FramelaneDbContext db, DateTimeOffset old)
    {
        var first = EventId.FromStored(UlidTime.Start(EventId.Prefix, old));
        return db.Events
            .Where(happened => happened.Id < first
                && db.Deliveries.Where(delivery => delivery.EventId == happened.Id).Select(delivery => (EventId?)delivery.EventId).FirstOrDefault() == null)
            .OrderBy(happened => happened.Id);
    }

    /// <remarks>A job that is terminal reads nothing any more.</remarks>
    internal static IQueryable<JobSourceRecord> Sources(FramelaneDbContext db) => db.JobSources
        .Where(source => !db.Jobs.Open().Any(job => job.Id == source.JobId))
        .OrderBy(source => source.JobId);

    /// <remarks>Nor is it taken up again, and what its runs left is found by what it was asked for.</remarks>
    internal static IQueryable<JobRequestRecord> Requests(FramelaneDbContext db) => db.JobRequests
        .Where(request => !db.Jobs.Open().Any(job => job.Id == request.JobId) && !db.Jobs.Any(job => job.Id == request.JobId && job.LeftoversSince != null))
        .OrderBy(request => request.JobId);

    /// <remarks>Before the reports, which say what of them was told.</remarks>
    internal static IQueryable<MeteredRender> Metered(FramelaneDbContext db, DateTimeOffset now)
    {
        var month = CalendarMonth.Of(now - MeterRetention).Start;
        return db.MeteredRenders.Where(render => render.Month < month && render.CountedAt != null).OrderBy(render => render.Month);
    }

    internal static IQueryable<MeterReport> Reports(FramelaneDbContext db, DateTimeOffset now)
    {
        var month = CalendarMonth.Of(now - MeterRetention).Start;
        return db.MeterReports.Where(report => report.Month < month && report.DueAt == null).OrderBy(report => report.Month);
    }

    /// <remarks>What was used in another month counts for nothing in this one.</remarks>
    internal static IQueryable<SpentMinutes> Spent(FramelaneDbContext db, DateTimeOffset now)
    {
        var month = CalendarMonth.Of(now).Start;
        return db.SpentMinutes.Where(spent => spent.Month < month).OrderBy(spent => spent.Month);
    }

    static System.Linq.Expressions.Expression<Func<IdempotencyRecord, bool>> IsOver(DateTimeOffset now)
    {
        var old = now - IdempotencyStore.Retention;
        return record => record.CreatedAt < old && record.LeaseExpiresAt < now;
    }

    Task<int> DrainSourcesAsync(FramelaneDbContext db, CancellationToken cancellationToken) => writer.DrainAsync(
        Sources(db).Select(source => source.JobId),
        jobs => db.JobSources.Where(source => jobs.Contains(source.JobId)),
        time,
        cancellationToken);

    Task<int> DrainRequestsAsync(FramelaneDbContext db, CancellationToken cancellationToken) => writer.DrainAsync(
        Requests(db).Select(request => request.JobId),
        jobs => db.JobRequests.Where(request => jobs.Contains(request.JobId)),
        time,
        cancellationToken,
        RequestsAtOnce);

    Task<int> EraseUnverifiedAsync(FramelaneDbContext db, DateTimeOffset now, CancellationToken cancellationToken) => BatchedDeletion.DrainAsync(
        UnverifiedWorkspaces.BatchSize, () => UnverifiedWorkspaces.EraseAsync(db, writer, now, cancellationToken), time, cancellationToken);

    // Of what may come to be wanted again it is asked once more of each row whether it is past its time: by the statement that deletes a batch whole it
    // would be asked only where its rows are looked for, and they may change while it waits for their locks.
    Task<int> DrainDeliveriesAsync(FramelaneDbContext db, DateTimeOffset old, CancellationToken cancellationToken) => writer.DrainAsync(
        Deliveries(db, old).Select(delivery => delivery.Id), ids => Ended(db, old).Where(delivery => ids.Contains(delivery.Id)), time, cancellationToken);

    Task<int> DrainSignupsAsync(FramelaneDbContext db, DateTimeOffset now, CancellationToken cancellationToken) => writer.DrainAsync(
        UnverifiedWorkspaces.Forgotten(db, now).Select(signup => signup.Address),
        addresses => db.Signups.Where(signup => addresses.Contains(signup.Address) && signup.ForgetAt <= now),
        time,
        cancellationToken);

    Task<int> DrainNodesAsync(FramelaneDbContext db, DateTimeOffset old, CancellationToken cancellationToken) => writer.DrainAsync(
        db.Nodes.Where(node => node.HeartbeatAt < old).Select(node => node.Id),
        ids => db.Nodes.Where(node => ids.Contains(node.Id) && node.HeartbeatAt < old),
        time,
        cancellationToken);

    Task<int> DrainAttemptsAsync(FramelaneDbContext db, WorkspaceId workspaceId, DateTimeOffset old, CancellationToken cancellationToken) => writer.DrainAsync(
        Attempts(db, workspaceId, old).Select(attempt => attempt.Id),
        ids => db.Attempts.Where(attempt => attempt.WorkspaceId == workspaceId && ids.Contains(attempt.Id)),
        time,
        cancellationToken);

    Task<int> DrainAsync<T>(IQueryable<T> rows, CancellationToken cancellationToken) => writer.DrainAsync(rows, time, cancellationToken);
}
