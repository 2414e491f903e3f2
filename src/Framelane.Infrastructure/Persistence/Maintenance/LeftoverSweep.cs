using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Jobs;
using Framelane.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Removes what workers put into storage that died before they could say so, of jobs that nobody takes up again.</summary>
/// <remarks>Only once none of a job's runs can be at work any more. What the job has is never among it.</remarks>
sealed class LeftoverSweep(
    IDbContextFactory<FramelaneDbContext> contexts,
    DatabaseWriter writer,
    IDatabaseProvider provider,
    IObjectStorage storage,
    IOutages outages,
    IOptions<MediaOptions> options,
    TimeProvider time,
    ILogger<LeftoverSweep> logger) : ISweep
{
    const int BatchSize = 200;

    /// <summary>A run ends within its time; clocks, and the end itself, need a little more.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    public TimeSpan Interval => TimeSpan.FromMinutes(5);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        for (var gone = 0; ;)
        {
            var jobs = await Jobs(db, time.GetUtcNow() - options.Value.MaxJobDuration - Margin).Take(BatchSize).AsNoTracking().ToListAsync(cancellationToken);
            foreach (var job in jobs)
            {
                gone += await OneByOne.TryAsync(
                    outages,
                    logger,
                    "leftovers of job",
                    job.Id,
                    () => RemoveAsync(db, job, cancellationToken),
                    () => ChangeAsync(db, job.Id, kept => kept.KeepLeftovers(time.GetUtcNow()), cancellationToken),
                    cancellationToken);
            }

            // None of them is among the next: they are removed or put off.
            if (jobs.Count < BatchSize)
                return gone;
        }
    }

    internal static IQueryable<Job> Jobs(FramelaneDbContext db, DateTimeOffset old) =>
        db.Jobs.Where(job => job.LeftoversSince != null && job.LeftoversSince <= old).OrderBy(job => job.LeftoversSince);

    async Task<int> RemoveAsync(FramelaneDbContext db, Job job, CancellationToken cancellationToken)
    {
        var request = await db.JobRequests.Where(row => row.JobId == job.Id).Select(row => row.Document).SingleOrDefaultAsync(cancellationToken);
        if (job.Kind == JobKind.Render && request is not null)
        {
            foreach (var key in RenderFiles.LeftoversOf(job, request))
                await storage.DeleteAsync(key, cancellationToken);
        }

        await ChangeAsync(db, job.Id, cleared => cleared.ForgetLeftovers(), cancellationToken);
        return 1;
    }

    Task<bool> ChangeAsync(FramelaneDbContext db, JobId id, Action<Job> change, CancellationToken cancellationToken) => writer.ExecuteAsync(
        db,
        async token =>
        {
            if (await provider.LockJobAsync(db, id, token) is { } job)
                change(job);
            return (true, true);
        },
        cancellationToken);
}
