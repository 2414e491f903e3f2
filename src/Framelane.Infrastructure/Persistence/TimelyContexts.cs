using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Framelane.Infrastructure.Persistence;

/// <summary>
/// For what has to be read or written in time: epochs and what belongs to them, who calls, heartbeats. Each is a moment's work, on a few
/// connections of their own: requests that all wait for one row would keep every other.
/// </summary>
sealed class TimelyContexts(IDatabaseProvider provider, IServiceProvider services)
{
    readonly PooledDbContextFactory<FramelaneDbContext> contexts = new(OptionsOf(provider, services));

    /// <returns>One whose connection is there: what that took is no part of what a read takes.</returns>
    public async Task<FramelaneDbContext> OpenAsync(CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    static DbContextOptions<FramelaneDbContext> OptionsOf(IDatabaseProvider provider, IServiceProvider services)
    {
        var options = new DbContextOptionsBuilder<FramelaneDbContext>().UseApplicationServiceProvider(services);
        provider.ConfigureTimely(options);
        return options.Options;
    }
}
