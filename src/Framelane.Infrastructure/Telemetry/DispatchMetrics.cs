using System.Diagnostics.Metrics;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>What deliveries and the rotation barrier are measured by. Costs next to nothing while nobody listens.</summary>
/// <remarks>Labels have few values, all known beforehand: no workspace, no url, no id. docs/adr has the rule.</remarks>
sealed class DispatchMetrics
{
    static readonly KeyValuePair<string, object?> Succeeded = new("outcome", "succeeded");
    static readonly KeyValuePair<string, object?> Failed = new("outcome", "failed");
    static readonly KeyValuePair<string, object?> DeadLettered = new("outcome", "dead_lettered");
    static readonly KeyValuePair<string, object?> CurrentKey = new("key", "current");
    static readonly KeyValuePair<string, object?> PreviousKey = new("key", "previous");

    readonly Counter<long> deliveries;
    readonly Histogram<double> attemptDuration;
    readonly Histogram<double> deliveryLag;
    readonly Histogram<double> permitAge;
    readonly Counter<long> rekeys;
    readonly Counter<long> signatures;
    readonly Histogram<double> barrierDuration;
    readonly Counter<long> barrierRefusals;
    readonly Counter<long> leasesLost;
    readonly Counter<long> endpointsDisabled;

    public DispatchMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(FramelaneTelemetry.Name);
        deliveries = meter.CreateCounter<long>("framelane.deliveries", null, "Attempts whose outcome was recorded.");
        attemptDuration = Seconds("framelane.attempt.duration", "From an attempt's start to its answer.", 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5, 10, 15);
        deliveryLag = Seconds("framelane.delivery.lag", "From an event to the start of the first attempt at it.", 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800);
        permitAge = Seconds("framelane.permit.age", "Age of what was read, when an attempt starts.", 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1);
        rekeys = meter.CreateCounter<long>("framelane.rekeys", null, "Snapshots loaded under a new epoch.");
        signatures = meter.CreateCounter<long>("framelane.signatures", null, "Signatures of attempts that started.");
        barrierDuration = Seconds("framelane.barrier.duration", "From a change's commit to the end of the wait for it to hold everywhere.", 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30);
        barrierRefusals = meter.CreateCounter<long>("framelane.barrier.refusals", null, "Attempts given up unsent because their permit had run out.");
        leasesLost = meter.CreateCounter<long>("framelane.leases.lost", null, "Outcomes that came after their lease had passed to another node.");
        endpointsDisabled = meter.CreateCounter<long>("framelane.endpoints.disabled", null, "Webhooks that were disabled.");

        Histogram<double> Seconds(string name, string description, params double[] bounds) => meter.CreateHistogram(
            name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = bounds });
    }

    /// <summary>Lets every counter exist from the start: a series that begins with its first event hides that event from rates.</summary>
    public void BeginAtZero()
    {
        foreach (var outcome in (KeyValuePair<string, object?>[])[Succeeded, Failed, DeadLettered])
            deliveries.Add(0, outcome);
        foreach (var key in (KeyValuePair<string, object?>[])[CurrentKey, PreviousKey])
            signatures.Add(0, key);
        foreach (var reason in (string[])[DisabledReasons.ByOwner, DisabledReasons.Gone, DisabledReasons.Failing])
            endpointsDisabled.Add(0, new KeyValuePair<string, object?>("reason", reason));
        foreach (var counter in (Counter<long>[])[rekeys, barrierRefusals, leasesLost])
            counter.Add(0);
    }

    /// <summary>A batch was written.</summary>
    public void Recorded(RecordOutcome outcome)
    {
        deliveries.Add(outcome.Recorded.Succeeded, Succeeded);
        deliveries.Add(outcome.Recorded.Failed, Failed);
        deliveries.Add(outcome.Recorded.DeadLettered, DeadLettered);
        leasesLost.Add(outcome.LeasesLost);
    }

    /// <param name="lag">For a first attempt: since its event.</param>
    /// <param name="keys">How many secrets signed it: 1 or 2.</param>
    public void Started(TimeSpan ageOfPermit, TimeSpan? lag, int keys)
    {
        permitAge.Record(ageOfPermit.TotalSeconds);
        if (lag is { } since)
            deliveryLag.Record(Math.Max(0, since.TotalSeconds));
        signatures.Add(1, CurrentKey);
        if (keys > 1)
            signatures.Add(1, PreviousKey);
    }

    /// <summary>An attempt that had started has its answer, or will have none.</summary>
    public void Ended(TimeSpan duration) => attemptDuration.Record(duration.TotalSeconds);

    public void Refused() => barrierRefusals.Add(1);

    public void Rekeyed() => rekeys.Add(1);

    public void BarrierPassed(TimeSpan duration) => barrierDuration.Record(duration.TotalSeconds);

    /// <param name="reason">One of <see cref="DisabledReasons"/>.</param>
    public void EndpointDisabled(string reason) => endpointsDisabled.Add(1, new KeyValuePair<string, object?>("reason", reason));
}
