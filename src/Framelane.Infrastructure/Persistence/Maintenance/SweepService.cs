using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>Removes what is past its time.</summary>
interface ISweep
{
    TimeSpan Interval { get; }

    /// <returns>How much went.</returns>
    Task<int> RunAsync(CancellationToken cancellationToken);
}

/// <summary>Sweeps from time to time. Two nodes that sweep at once do each other no harm.</summary>
sealed class SweepService<TSweep>(TSweep sweep, TimeProvider time, ILogger<TSweep> logger) : BackgroundService
    where TSweep : ISweep
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(sweep.Interval, time);
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
                logger.LogWarning(failure, "The sweep failed; tried again in {Interval}.", sweep.Interval);
            }
        }
    }
}
