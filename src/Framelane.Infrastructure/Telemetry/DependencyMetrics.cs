using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>Which of the things that have a health check are well. <c>/ready</c> lets some of them be unwell; here that shows.</summary>
sealed class DependencyMetrics : IHealthCheckPublisher
{
    HealthReport? latest;

    public DependencyMetrics(IMeterFactory meters) =>
        meters.Create(FramelaneTelemetry.Name).CreateObservableGauge("framelane.dependency.up", Each, null, "1 where it does its part, 0.5 where the rest goes on without, else 0.");

    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        Volatile.Write(ref latest, report);
        return Task.CompletedTask;
    }

    IEnumerable<Measurement<double>> Each() => Volatile.Read(ref latest)?.Entries.Select(entry => new Measurement<double>(
        entry.Value.Status switch { HealthStatus.Healthy => 1, HealthStatus.Degraded => 0.5, _ => 0 },
        new KeyValuePair<string, object?>("dependency", entry.Key))) ?? [];
}
