using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence;

/// <summary>Keeps this process's clock set by the database's. Where the database is a file of this machine there is only one clock.</summary>
sealed class DatabaseClockKeeper(
    TimeProvider time,
    IDatabaseProvider provider,
    IDbContextFactory<FramelaneDbContext> contexts,
    ILogger<DatabaseClockKeeper> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public async Task SetAsync(CancellationToken cancellationToken)
    {
        if (time is not DatabaseClock clock)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Opened beforehand: a log-in takes its time, and the reading is taken to be from the middle of the call.
        await db.Database.OpenConnectionAsync(cancellationToken);
        await clock.SetAsync(token => provider.ReadClockAsync(db, token), cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (time is not DatabaseClock)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SetAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "The database's clock could not be read.");
            }
        }
    }
}
