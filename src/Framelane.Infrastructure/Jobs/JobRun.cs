using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Media;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Jobs;

/// <summary>Makes runs of claimed jobs.</summary>
sealed class JobRuns(
    JobQueue queue,
    IServiceProvider services,
    WorkFolder folders,
    IOptions<MediaOptions> options,
    IOutages outages,
    TimeProvider time,
    ILogger<JobRun> logger)
{
    readonly RunSettings settings = new("job", options.Value.MaxJobDuration, folders, outages, time, logger);

    /// <summary>Made when the first job comes: who has none, has no need of what they need.</summary>
    readonly Lazy<IJobRunner[]> runners = new(() => [.. services.GetServices<IJobRunner>()]);

    public JobRun Of(ClaimedJob job) => new(job, queue, runners.Value.First(runner => runner.Handles(job)), options.Value.MaxJobBytes, settings);
}

/// <summary>One run of a job.</summary>
/// <param name="maxBytes">What it may have on disk.</param>
sealed class JobRun(ClaimedJob job, JobQueue queue, IJobRunner runner, long maxBytes, RunSettings settings)
    : LeasedRun<ClaimedJob>(job, queue, settings), IProgress<JobProgress>
{
    readonly Lock sync = new();

    JobProgress reached;

    JobProgress told;

    public void Report(JobProgress value)
    {
        lock (sync)
            reached = value;
    }

    public override Task KeepAsync(CancellationToken cancellationToken)
    {
        if (WorkFolder.BytesIn(Folder) > maxBytes)
            End(SourceFaults.TooMuch(maxBytes));
        return TellProgressAsync(cancellationToken);
    }

    protected override async Task<Func<Task<bool>>> WorkAsync(CancellationToken cancellationToken)
    {
        var result = await runner.RunAsync(Claim, Folder, this, cancellationToken);
        return () => CompleteAsync(result);
    }

    async Task TellProgressAsync(CancellationToken cancellationToken)
    {
        JobProgress now;
        lock (sync)
            now = reached;
        if (now == told || IsLost)
            return;
        told = now;
        if (!await queue.ProgressAsync(Claim, now, cancellationToken))
            Lose();
    }

    async Task<bool> CompleteAsync(JobResult result)
    {
        if (await queue.CompleteAsync(Claim, result, CancellationToken.None))
            return true;
        await runner.DiscardAsync(result);
        return false;
    }
}
