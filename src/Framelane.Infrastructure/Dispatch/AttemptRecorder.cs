using System.Threading.Channels;
using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Backplane;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Writes what came of attempts, many in one transaction, by one writer a process.</summary>
sealed class AttemptRecorder(
    IDispatchStore store,
    EndpointKeeper endpoints,
    DispatchSignal dispatcher,
    DispatchAnnouncer announcer,
    DueTimes dueTimes,
    DispatchMetrics metrics,
    TimeProvider time,
    ILogger<AttemptRecorder> logger) : BackgroundService
{
    const int MaxBatch = 2048;

    /// <summary>After which webhooks that somebody had locked are told again.</summary>
    static readonly TimeSpan UntoldPause = TimeSpan.FromSeconds(1);

    /// <summary>Of webhooks that somebody had locked.</summary>
    readonly List<EndpointTally> untold = [];

    /// <summary>For more outcomes.</summary>
    Task<bool>? waiting;

    readonly Channel<AttemptOutcome> outcomes = Channel.CreateUnbounded<AttemptOutcome>(new() { SingleReader = true });

    /// <remarks>What comes after the stop is not written: its lease runs out.</remarks>
    public void Record(AttemptOutcome outcome)
    {
        if (!outcomes.Writer.TryWrite(outcome))
            outcome.Finished?.Recorded?.TrySetException(new InvalidOperationException("The recorder has stopped."));
    }

    /// <summary>Takes no more, and stops when all that was taken is written, or when the host will not wait any longer.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        outcomes.Writer.TryComplete();
        if (ExecuteTask is { } writer)
            await writer.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => WriteAllAsync(stoppingToken), CancellationToken.None);

    async Task WriteAllAsync(CancellationToken stoppingToken)
    {
        List<FinishedAttempt> finished = new(MaxBatch);
        List<UnmadeAttempt> unmade = [];
        while (await WaitAsync(stoppingToken))
        {
            finished.Clear();
            unmade.Clear();
            while (finished.Count + unmade.Count < MaxBatch && outcomes.Reader.TryRead(out var outcome))
            {
                if (outcome.Finished is { } made)
                    finished.Add(made);
                else
                    unmade.Add(outcome.Unmade!);
            }

            await WriteAsync(finished, unmade, stoppingToken);
        }
    }

    /// <returns>Whether there may be something to write; false when there never will be.</returns>
    async Task<bool> WaitAsync(CancellationToken stoppingToken)
    {
        waiting ??= outcomes.Reader.WaitToReadAsync(stoppingToken).AsTask();
        if (untold.Count > 0 && await Task.WhenAny(waiting, Task.Delay(UntoldPause, time, stoppingToken)) != waiting)
            return true;
        var more = await waiting;
        waiting = null;
        return more;
    }

    /// <summary>Tries until it is written: what was sent must be known, and a lease that runs out meanwhile only costs a repetition.</summary>
    async Task WriteAsync(List<FinishedAttempt> finished, List<UnmadeAttempt> unmade, CancellationToken stoppingToken)
    {
        // Once: asked again, it would take what it named a moment ago for written.
        var tallies = EndpointKeeper.Join(untold, endpoints.Due(EndpointKeeper.Tally(finished)));
        RecordOutcome? outcome = null;
        for (var pause = TimeSpan.FromMilliseconds(50); outcome is null; pause = pause < TimeSpan.FromSeconds(5) ? pause * 2 : pause)
        {
            try
            {
                outcome = await store.RecordAsync(finished, unmade, tallies, time.GetUtcNow(), stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "{Count} attempts could not be recorded yet.", finished.Count);
                await Task.Delay(pause, time, stoppingToken);
            }
        }

        untold.Clear();
        untold.AddRange(outcome.Untold);
        metrics.Recorded(outcome);
        if (outcome.LeasesLost > 0)
            logger.LogWarning("{Count} attempts ended after their lease had passed to another node.", outcome.LeasesLost);
        Consider(finished, outcome);

        var more = unmade.Count > 0;
        foreach (var attempt in finished)
        {
            attempt.Recorded?.TrySetResult();

            // The next event of its job has waited for this first attempt.
            more |= attempt.Delivery.JobId is not null && attempt.Delivery.AttemptNumber == 1;
            more |= attempt.Verdict.NextAttemptAt is { } next && dueTimes.Add(next);
        }

        if (more)
            dispatcher.Wake();
        if (unmade.Any(attempt => attempt.State == DeliveryState.Pending))
            announcer.WakeOthers();
    }

    /// <summary>What fails here is written all the same: it is not repeated, and later attempts at a webhook give the same reason again.</summary>
    void Consider(List<FinishedAttempt> finished, RecordOutcome outcome)
    {
        try
        {
            endpoints.Consider(finished, outcome.FailingSince);
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "What came of {Count} attempts disables no webhook.", finished.Count);
        }
    }
}
