using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Infrastructure.Billing;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Jobs;

/// <summary>The jobs table as workers see it.</summary>
sealed class JobQueue(IServiceScopeFactory scopes, IDatabaseProvider provider, DatabaseWriter writer, IOptions<MediaOptions> options, TimeProvider time)
    : LeasedQueue<Job, ClaimedJob>(scopes, writer, options, time)
{
    static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromMinutes(1);

    protected override string What => "job";

    protected override int MaxRuns => Job.MaxRuns;

    public Task<bool> ProgressAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken) => UnderAsync(
        job,
        (row, turn, token) => row.Progress(progress.Stage, progress.Percent, turn.Now)
            ? turn.Get<JobEvents>().AppendAsync(row, JobEvents.Progress, token)
            : Task.CompletedTask,
        cancellationToken);

    public Task<bool> CompleteAsync(ClaimedJob job, JobResult result, CancellationToken cancellationToken) => UnderAsync(
        job,
        async (row, turn, token) =>
        {
            row.Complete(result.Output, result.Warnings, turn.Now, result.ContentKey);
            if (UsageEntry.OfCompleted(row) is { } used)
            {
                turn.Get<IUsageLedger>().Add(used);
                await turn.Get<MeteredRenders>().AddAsync(used, token);
            }

            await turn.Get<JobEvents>().AppendAsync(row, JobEvents.Completed, token);
            await turn.Get<IJobRepository>().ReleaseNextAsync(row.WorkspaceId, token);
        },
        cancellationToken);

    protected override IQueryable<Job> Claimable(Turn turn) => turn.Db.Jobs.Claimable(turn.Now);

    protected override async Task<List<Job>> LockDueAsync(Turn turn, int count, CancellationToken cancellationToken)
    {
        List<Job> locked = [];
        var order = await FairOrder.OfAsync(turn.Db, turn.Now, count, cancellationToken);
        while (locked.Count < count && order.Count > 0)
        {
            // Where somebody else has locked some of them, the next ones.
            JobId[] next = [.. order.Take(Math.Min(count - locked.Count, Lookups.MostIds))];
            order.RemoveRange(0, next.Length);
            var rows = await provider.LockDueJobsAsync(turn.Db, next, turn.Now, cancellationToken);
            locked.AddRange(next.Join(rows, id => id, job => job.Id, (_, job) => job));
        }

        return locked;
    }

    protected override Task PrepareAsync(Turn turn, IReadOnlyList<Job> due, CancellationToken cancellationToken) =>
        turn.Get<RenderPlaces>().CountAsync(due.Where(TakesPlace).Select(job => job.WorkspaceId), cancellationToken);

    protected override bool IsBusy(Turn turn, Job row) => TakesPlace(row) && turn.Get<RenderPlaces>().IsBusy(row.WorkspaceId);

    protected override async Task<ClaimedJob?> TakeAsync(Turn turn, Job row, CancellationToken cancellationToken)
    {
        var sources = await SourceStates.OfAsync(turn.Db, row.Id, cancellationToken);
        if (sources.FirstFault is { } fault)
        {
            await FailAsync(turn, row, fault.Code, fault.Message, cancellationToken);
            return null;
        }

        if (!sources.AreReady)
        {
            row.PutOff(turn.Now + PauseOf(row, turn.Now));
            return null;
        }

        var events = turn.Get<JobEvents>();
        if (row.Status == JobStatus.Ingesting)
        {
            row.Ingested(turn.Now);
            await events.AppendAsync(row, JobEvents.Queued, cancellationToken);
        }

        var places = turn.Get<RenderPlaces>();
        if (TakesPlace(row) && !places.TryTake(row.WorkspaceId))
        {
            row.PutOff(turn.Now + places.Refuse(row.WorkspaceId));
            return null;
        }

        if (row.Claim(Lease, turn.Now))
            await events.AppendAsync(row, JobEvents.Processing, cancellationToken);
        return new(row.Id, row.WorkspaceId, row.Kind, row.Status, row.Fence, await RequestAsync(turn.Db, row.Id, cancellationToken)) { Sources = sources.Stored };
    }

    protected override async Task FailAsync(Turn turn, Job row, string code, string message, CancellationToken cancellationToken)
    {
        row.Fail(new(code, message), turn.Now);
        await turn.Get<JobEvents>().AppendAsync(row, JobEvents.Failed, cancellationToken);
        await turn.Get<IJobRepository>().ReleaseNextAsync(row.WorkspaceId, cancellationToken);
    }

    protected override Task<Dictionary<string, long>> FencesAsync(Turn turn, IReadOnlyCollection<ClaimedJob> held, CancellationToken cancellationToken)
    {
        var ids = held.Select(job => job.Id).ToArray();
        return turn.Db.Jobs.Open().Where(job => ids.Contains(job.Id)).Select(job => new { job.Id, job.Fence })
            .ToDictionaryAsync(job => job.Id.Value, job => job.Fence, cancellationToken);
    }

    protected override IQueryable<Job> Row(Turn turn, ClaimedJob claim) => turn.Db.Jobs.Open().Where(job => job.Id == claim.Id && job.Fence == claim.Fence);

    protected override Task<Job?> LockAsync(Turn turn, ClaimedJob claim, CancellationToken cancellationToken) =>
        provider.LockJobAsync(turn.Db, claim.Id, cancellationToken);

    /// <summary>
    /// Whoever settles what it waits for lets it be looked at at once; this is for what nobody told of. The longer it has waited, the less
    /// often, so that many that wait cost little.
    /// </summary>
    static TimeSpan PauseOf(Job job, DateTimeOffset now) =>
        TimeSpan.FromTicks(Math.Clamp((now - job.CreatedAt).Ticks, ShortestPause.Ticks, LongestPause.Ticks));

    /// <summary>Whether taking it up means one more render of its workspace at a time; one that its worker left has its place already.</summary>
    static bool TakesPlace(Job job) => job.Kind == JobKind.Render && job.Status != JobStatus.Processing;

    static Task<byte[]> RequestAsync(FramelaneDbContext db, JobId id, CancellationToken cancellationToken) =>
        db.JobRequests.Where(request => request.JobId == id).Select(request => request.Document).SingleAsync(cancellationToken);
}
