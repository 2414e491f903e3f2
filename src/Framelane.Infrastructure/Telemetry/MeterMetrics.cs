using System.Diagnostics.Metrics;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>What was reported to be billed by the minute.</summary>
sealed class MeterMetrics
{
    static readonly KeyValuePair<string, object?> AsTold = new("outcome", "told");
    static readonly KeyValuePair<string, object?> AsFailed = new("outcome", "failed");
    static readonly KeyValuePair<string, object?> AsGivenUp = new("outcome", "given_up");

    readonly Counter<long> minutes;
    readonly Counter<long> reports;

    public MeterMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(FramelaneTelemetry.Name);
        minutes = meter.CreateCounter<long>("framelane.minutes.reported", null, "Minutes that the payment provider was told to bill.");
        reports = meter.CreateCounter<long>("framelane.minutes.reports", null, "Reports of minutes that were told, that failed and are tried again, or that were given up.");
    }

    /// <inheritdoc cref="DispatchMetrics.BeginAtZero"/>
    public void BeginAtZero()
    {
        minutes.Add(0);
        foreach (var outcome in (KeyValuePair<string, object?>[])[AsTold, AsFailed, AsGivenUp])
            reports.Add(0, outcome);
    }

    public void Told(long count)
    {
        minutes.Add(count);
        reports.Add(1, AsTold);
    }

    public void Failed() => reports.Add(1, AsFailed);

    public void GivenUp() => reports.Add(1, AsGivenUp);
}
