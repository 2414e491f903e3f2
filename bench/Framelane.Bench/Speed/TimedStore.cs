using System.Diagnostics;
using Framelane.Infrastructure.Dispatch;

namespace Framelane.Bench.Speed;

/// <summary>The dispatcher's store, with a watch: from the first claim to the last recorded result, and what its calls took.</summary>
sealed class TimedStore(IDispatchStore inner, int expected) : IDispatchStore
{
    readonly TaskCompletionSource<TimeSpan> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long began;
    long looking;
    long claiming;
    long recording;
    int recorded;

    /// <summary>Completes with the time that it took, once everything is recorded.</summary>
    public Task<TimeSpan> Done => done.Task;

    public int Claims { get; private set; }

    public int Records { get; private set; }

    public int Failed { get; private set; }

    public TimeSpan Looking => Stopwatch.GetElapsedTime(0, looking);

    public TimeSpan Claiming => Stopwatch.GetElapsedTime(0, claiming);

    public TimeSpan Recording => Stopwatch.GetElapsedTime(0, recording);

    public async Task<IReadOnlyList<DueLane>> FindDueLanesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        Interlocked.CompareExchange(ref began, started, 0);
        var lanes = await inner.FindDueLanesAsync(now, cancellationToken);
        looking += Stopwatch.GetTimestamp() - started;
        return lanes;
    }

    public async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(
        IReadOnlyList<LaneClaim> claims,
        DateTimeOffset now,
        DateTimeOffset leaseUntil,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var claimed = await inner.ClaimAsync(claims, now, leaseUntil, cancellationToken);
        claiming += Stopwatch.GetTimestamp() - started;
        Claims++;
        return claimed;
    }

    public Task<byte[]?> ReadBodyAsync(string eventId, CancellationToken cancellationToken) => inner.ReadBodyAsync(eventId, cancellationToken);

    public Task<ClaimedDelivery?> FindLeasedAsync(string deliveryId, long fence, CancellationToken cancellationToken) =>
        inner.FindLeasedAsync(deliveryId, fence, cancellationToken);

    public async Task<RecordOutcome> RecordAsync(
        IReadOnlyList<FinishedAttempt> finished,
        IReadOnlyList<UnmadeAttempt> unmade,
        IReadOnlyList<EndpointTally> tallies,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = await inner.RecordAsync(finished, unmade, tallies, now, cancellationToken);
        var ended = Stopwatch.GetTimestamp();
        recording += ended - started;
        Records++;
        Failed += finished.Count(attempt => !attempt.Result.IsSuccess);
        recorded += finished.Count - outcome.LeasesLost;
        if (recorded >= expected)
            done.TrySetResult(Stopwatch.GetElapsedTime(began, ended));
        return outcome;
    }
}
