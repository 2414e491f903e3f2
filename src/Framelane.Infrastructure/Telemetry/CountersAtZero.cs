using Microsoft.Extensions.Hosting;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>Tells the counters once, as soon as somebody listens to them.</summary>
sealed class CountersAtZero(DispatchMetrics deliveries, RenderCacheMetrics renders, MeterMetrics minutes) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        deliveries.BeginAtZero();
        renders.BeginAtZero();
        minutes.BeginAtZero();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
