using System.Diagnostics.Metrics;
using Framelane.Infrastructure.Persistence;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>How much is due and for how long, looked up in the background: who collects gets what was found last, and never waits.</summary>
sealed class QueueMetrics : BackgroundService
{
    readonly QueueReader queues;
    readonly TimeSpan interval;
    readonly TimeProvider time;
    readonly ILogger<QueueMetrics> logger;
    IReadOnlyList<QueueState> found = [];

    public QueueMetrics(IMeterFactory meters, QueueReader queues, TimeSpan interval, TimeProvider time, ILogger<QueueMetrics> logger)
    {
        (this.queues, this.interval, this.time, this.logger) = (queues, interval, time, logger);
        var meter = meters.Create(FramelaneTelemetry.Name);
        meter.CreateObservableGauge("framelane.queue.age", () => Each(queue => queue.Age.TotalSeconds), "s", "Age of the oldest that waits; 0 where nothing does.");
        meter.CreateObservableGauge("framelane.queue.depth", () => Each(queue => queue.Depth), null, "How many wait.");
    }

    /// <remarks>What could not be looked up is not told: an old value would look like a good one.</remarks>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            Volatile.Write(ref found, await queues.ReadAsync(cancellationToken));
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref found, []);
            logger.LogWarning(failure, "The queues could not be looked at.");
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await LookAsync(stoppingToken);
            await Task.Delay(interval, time, stoppingToken);
        }
    }

    IEnumerable<Measurement<T>> Each<T>(Func<QueueState, T> value)
        where T : struct => Volatile.Read(ref found).Select(queue => new Measurement<T>(value(queue), new KeyValuePair<string, object?>("kind", queue.Kind)));
}
