using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Secrets;

/// <summary>Adds the next key in time while the process runs for months.</summary>
sealed class KeyRingKeeper(
    KeyRing ring,
    IDatabaseProvider provider,
    IDbContextFactory<FramelaneDbContext> contexts,
    TimeProvider time,
    ILogger<KeyRingKeeper> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(12);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(stoppingToken);
                await using var setup = await provider.LockForSetupAsync(db, stoppingToken);
                await ring.EnsureAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(failure, "The key ring could not be kept; tried again in {Interval}.", Interval);
            }
        }
    }
}
