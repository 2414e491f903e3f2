using Framelane.Application.Abstractions;

namespace Framelane.Api.Conventions.Idempotency;

/// <summary>Renews a claim's lease for as long as its request runs.</summary>
sealed partial class LeaseKeeper : IAsyncDisposable
{
    /// <summary>A third of the lease: one renewal may fail without losing it.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    readonly CancellationTokenSource ended = new();

    readonly Task renewing;

    readonly ILogger logger;

    public LeaseKeeper(IIdempotencyStore store, IdempotencyClaim claim, TimeProvider time, ILogger logger)
    {
        this.logger = logger;
        renewing = RenewAsync(store, claim, time);
    }

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await renewing;
        ended.Dispose();
    }

    async Task RenewAsync(IIdempotencyStore store, IdempotencyClaim claim, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ended.Token))
            {
                if (!await TryRenewAsync(store, claim))
                    return;
            }
        }
        catch (Exception) when (ended.IsCancellationRequested)
        {
        }
    }

    async Task<bool> TryRenewAsync(IIdempotencyStore store, IdempotencyClaim claim)
    {
        try
        {
            // A lost lease needs no action here: its token is fenced, so the work that goes on can commit nothing.
            return await store.RenewAsync(claim, ended.Token);
        }
        catch (Exception exception) when (!ended.IsCancellationRequested)
        {
            LogNotRenewed(exception);
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lease of an idempotency key could not be renewed")]
    partial void LogNotRenewed(Exception exception);
}
