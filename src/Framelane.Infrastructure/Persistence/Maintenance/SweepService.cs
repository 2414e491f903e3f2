using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>What is looked at from time to time: to remove what is past its time, for the most part.</summary>
interface ISweep
{
    TimeSpan Interval { get; }

    /// <returns>How many rows were dealt with.</returns>
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
                var done = await sweep.RunAsync(stoppingToken);
                if (done > 0)
                    logger.LogInformation("{Count} rows were swept.", done);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "The sweep failed; tried again in {Interval}.", sweep.Interval);
            }
        }
    }
}
