using Microsoft.Extensions.Hosting;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>Tells the counters once, as soon as somebody listens to them.</summary>
sealed class CountersAtZero(DispatchMetrics metrics) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.BeginAtZero();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
