using System.Collections.Concurrent;
using Framelane.Domain.ApiKeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence.Keys;

/// <summary>Writes when keys were last used: in the background, to within a minute, and lost if the process dies.</summary>
sealed class ApiKeyUses(IDbContextFactory<FramelaneDbContext> contexts, DatabaseWriter writer, TimeProvider time, ILogger<ApiKeyUses> logger)
    : BackgroundService
{
    public static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<ApiKeyId, DateTimeOffset> noted = new();

    /// <param name="written">What the database has of the key.</param>
    public void Note(ApiKeyId id, DateTimeOffset? written)
    {
        var now = time.GetUtcNow();
        if (written is null || now - written >= Precision)
            noted.TryAdd(id, now);
    }

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (noted.IsEmpty)
            return;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var (id, at) in noted.ToArray())
        {
            var stale = at - Precision;
            await writer.ExecuteAsync(
                token => db.ApiKeys
                    .Where(key => key.Id == id && (key.LastUsedAt == null || key.LastUsedAt <= stale))
                    .ExecuteUpdateAsync(row => row.SetProperty(key => key.LastUsedAt, at), token),
                cancellationToken);
            noted.TryRemove(id, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await WriteAsync(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(failure, "When keys were last used could not be written; tried again.");
            }
        }
    }
}
