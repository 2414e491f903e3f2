using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Sweeps every ten minutes. Two nodes that sweep at once do each other no harm.</summary>
sealed class RetentionService(RetentionSweep sweep, TimeProvider time, ILogger<RetentionService> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var gone = await sweep.RunAsync(stoppingToken);
                if (gone > 0)
                    logger.LogInformation("Removed {Count} rows that were past their time.", gone);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "The sweep failed; tried again in {Interval}.", Interval);
            }
        }
    }
}
