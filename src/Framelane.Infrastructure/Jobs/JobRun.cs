using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Jobs;
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
    /// <summary>Made when the first job comes: who has none, has no need of what they need.</summary>
    readonly Lazy<IJobRunner[]> runners = new(() => [.. services.GetServices<IJobRunner>()]);

    public JobRun Of(ClaimedJob job) => new(job, queue, runners.Value.First(runner => runner.Handles(job)), folders, options.Value, outages, time, logger);
}

/// <summary>One run of a job, from its claim to what came of it.</summary>
sealed class JobRun(
    ClaimedJob job,
    JobQueue queue,
    IJobRunner runner,
    WorkFolder folders,
    MediaOptions limits,
    IOutages outages,
    TimeProvider time,
    ILogger<JobRun> logger) : IProgress<JobProgress>, IDisposable
{
    static readonly JobError TimedOut = new(MediaErrorCodes.RenderTimeout, "The job took longer than is allowed.");

    static readonly JobError Broken = new(MediaErrorCodes.InternalError, "The job failed for a reason that is not yours.");

    readonly CancellationTokenSource lost = new();

    readonly CancellationTokenSource stopping = new();

    readonly CancellationTokenSource overfull = new();

    readonly Lock sync = new();

    JobProgress reached;

    JobProgress told;

    volatile string folder = "";

    public ClaimedJob Job => job;

    /// <summary>The claim is gone: the run ends, and nothing of it counts.</summary>
    public void Lose() => lost.Cancel();

    /// <summary>The process stops: the run ends, and the job is handed back.</summary>
    public void Stop() => stopping.Cancel();

    /// <summary>Ends the run where it has more on disk than a job may have.</summary>
    public void LookAtDisk()
    {
        if (WorkFolder.BytesIn(folder) > limits.MaxJobBytes)
            overfull.Cancel();
    }

    public void Report(JobProgress value)
    {
        lock (sync)
            reached = value;
    }

    public async Task TellProgressAsync(CancellationToken cancellationToken)
    {
        JobProgress now;
        lock (sync)
            now = reached;
        if (now == told || lost.IsCancellationRequested)
            return;
        told = now;
        if (!await queue.ProgressAsync(job, now, cancellationToken))
            Lose();
    }

    /// <summary>Runs it to its end, whatever that is; never throws.</summary>
    public async Task ExecuteAsync()
    {
        using var timeout = new CancellationTokenSource(limits.MaxJobDuration, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, stopping.Token, overfull.Token, timeout.Token);
        try
        {
            await SettleAsync(await OutcomeAsync(any.Token, timeout.Token));
        }
        catch (Exception failure)
        {
            // Its lease runs out, and it is taken up again.
            logger.LogError(failure, "What came of the job {Job} could not be recorded.", job.Id);
        }
    }

    public void Dispose()
    {
        lost.Dispose();
        stopping.Dispose();
        overfull.Dispose();
    }

    /// <returns>What to do about the job; null where it is no longer ours.</returns>
    async Task<Func<Task<bool>>?> OutcomeAsync(CancellationToken any, CancellationToken timeout)
    {
        try
        {
            folder = folders.MakeRun(job);
            var result = await runner.RunAsync(job, folder, this, any);
            return () => CompleteAsync(result);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (overfull.IsCancellationRequested)
        {
            return () => queue.FailAsync(job, TooLarge(limits.MaxJobBytes), CancellationToken.None);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return () => queue.FailAsync(job, TimedOut, CancellationToken.None);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return () => queue.HandBackAsync(job, CancellationToken.None);
        }
        catch (MediaException failure)
        {
            logger.LogInformation(failure, "The job {Job} failed: {Code}.", job.Id, failure.Code);
            return () => queue.FailAsync(job, new(failure.Code, failure.Message), CancellationToken.None);
        }
        catch (Exception failure) when (outages.IsOutage(failure))
        {
            // Not for want of trying: the lease runs out meanwhile, and then it is tried again.
            logger.LogWarning(failure, "The job {Job} could not go on; it is taken up again later.", job.Id);
            return null;
        }
        catch (Exception failure)
        {
            logger.LogError(failure, "The job {Job} failed.", job.Id);
            return () => queue.FailAsync(job, Broken, CancellationToken.None);
        }
        finally
        {
            WorkFolder.Remove(folder);
        }
    }

    static JobError TooLarge(long most) =>
        new(MediaErrorCodes.SourceTooLarge, string.Create(CultureInfo.InvariantCulture, $"The job's sources and what is made of them are larger than {most} bytes together."));

    async Task<bool> CompleteAsync(JobResult result)
    {
        if (await queue.CompleteAsync(job, result, CancellationToken.None))
            return true;
        await runner.DiscardAsync(result);
        return false;
    }

    async Task SettleAsync(Func<Task<bool>>? outcome)
    {
        if (outcome is not null && !await outcome())
            logger.LogInformation("The job {Job} was no longer this process's when its run ended.", job.Id);
    }
}
