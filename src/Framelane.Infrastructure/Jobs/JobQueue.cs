using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Infrastructure.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Jobs;

/// <summary>The jobs table as workers see it: claims by lease, and what is done under one.</summary>
sealed class JobQueue(IServiceScopeFactory scopes, IDatabaseProvider provider, DatabaseWriter writer, IOptions<MediaOptions> options, TimeProvider time)
{
    static readonly Error Lost = Error.Conflict("The lease was lost.");

    static readonly JobError TooManyRuns = new(MediaErrorCodes.InternalError, "The job was given up: the workers that took it up did not come to its end.");

    /// <summary>After a worker died, its jobs wait so long for another.</summary>
    public TimeSpan Lease => options.Value.JobLease;

    public async Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int count, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FramelaneDbContext>();
        if (!await db.Jobs.Claimable(time.GetUtcNow()).AnyAsync(cancellationToken))
            return [];
        var claimed = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<List<ClaimedJob>>(
            async token =>
            {
                var events = scope.ServiceProvider.GetRequiredService<JobEvents>();
                var now = time.GetUtcNow();
                var all = new List<ClaimedJob>();
                foreach (var job in await provider.LockDueJobsAsync(db, now, count, token))
                {
                    if (await TakeAsync(job, events, now, token))
                        all.Add(new(job.Id, job.WorkspaceId, job.Kind, job.Status, job.Fence, await RequestAsync(db, job.Id, token)));
                }

                return all;
            },
            cancellationToken);
        return claimed.Value!;
    }

    /// <summary>Keeps the leases of those that are still held.</summary>
    /// <returns>Those that are not: cancelled, or taken up by another.</returns>
    public async Task<IReadOnlyList<ClaimedJob>> RenewAsync(IReadOnlyCollection<ClaimedJob> held, bool renew, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FramelaneDbContext>();
        var ids = held.Select(job => job.Id).ToArray();
        var fences = await db.Jobs.Open().Where(job => ids.Contains(job.Id)).ToDictionaryAsync(job => job.Id, job => job.Fence, cancellationToken);
        var lost = held.Where(job => fences.GetValueOrDefault(job.Id) != job.Fence).ToList();
        if (renew)
        {
            foreach (var job in held.Except(lost))
            {
                if (!await RenewAsync(db, job, cancellationToken))
                    lost.Add(job);
            }
        }

        return lost;
    }

    public Task<bool> ProgressAsync(ClaimedJob job, JobProgress progress, CancellationToken cancellationToken) => UnderAsync(
        job,
        (row, events, now, token) => row.Progress(progress.Stage, progress.Percent, now)
            ? events.AppendAsync(row, JobEvents.Progress, token)
            : Task.CompletedTask,
        cancellationToken);

    public Task<bool> CompleteAsync(ClaimedJob job, JobResult result, CancellationToken cancellationToken) => UnderAsync(
        job,
        (row, events, now, token) =>
        {
            row.Complete(result.Output, result.Warnings, now);
            return events.AppendAsync(row, JobEvents.Completed, token);
        },
        cancellationToken);

    public Task<bool> FailAsync(ClaimedJob job, JobError error, CancellationToken cancellationToken) => UnderAsync(
        job,
        (row, events, now, token) =>
        {
            row.Fail(error, now);
            return events.AppendAsync(row, JobEvents.Failed, token);
        },
        cancellationToken);

    public Task<bool> HandBackAsync(ClaimedJob job, CancellationToken cancellationToken) =>
        UnderAsync(job, (row, _, now, _) => Done(() => row.HandBack(now)), cancellationToken);

    /// <returns>Whether it is to be worked on.</returns>
    async Task<bool> TakeAsync(Job job, JobEvents events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (job.Runs >= Job.MaxRuns)
        {
            job.Fail(TooManyRuns, now);
            await events.AppendAsync(job, JobEvents.Failed, cancellationToken);
            return false;
        }

        if (job.Claim(Lease, now))
            await events.AppendAsync(job, JobEvents.Processing, cancellationToken);
        return true;
    }

    static Task<byte[]> RequestAsync(FramelaneDbContext db, JobId id, CancellationToken cancellationToken) =>
        db.JobRequests.Where(request => request.JobId == id).Select(request => request.Document).SingleAsync(cancellationToken);

    async Task<bool> RenewAsync(FramelaneDbContext db, ClaimedJob job, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow() + Lease;
        return 1 == await writer.ExecuteAsync(
            token => db.Jobs.Open()
                .Where(row => row.Id == job.Id && row.Fence == job.Fence)
                .ExecuteUpdateAsync(row => row.SetProperty(renewed => renewed.ClaimableAt, until), token),
            cancellationToken);
    }

    static Task Done(Action change)
    {
        change();
        return Task.CompletedTask;
    }

    /// <summary>Changes the job, if the claim still stands.</summary>
    /// <returns>Whether it did.</returns>
    async Task<bool> UnderAsync(ClaimedJob job, Func<Job, JobEvents, DateTimeOffset, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<FramelaneDbContext>();
        var events = scope.ServiceProvider.GetRequiredService<JobEvents>();
        var result = await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().ExecuteAsync<Unit>(
            async token =>
            {
                if (await provider.LockJobAsync(db, job.Id, token) is not { } row || !row.IsHeld(job.Fence))
                    return Lost;
                await change(row, events, time.GetUtcNow(), token);
                return Unit.Value;
            },
            cancellationToken);
        return result.IsSuccess;
    }
}
