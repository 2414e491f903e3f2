using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Storage;

/// <summary>Whether storage answers within five seconds, and there is room on this machine for what is to come.</summary>
sealed class StorageHealth(IObjectStorage storage, IFreeSpace space, TimeProvider time) : TriedHealth(time)
{
    public const string Name = "storage";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly TimeProvider time = time;

    /// <summary>The last look. A folder of a server that is away blocks the thread that touches it for as long as it is, so it is waited for and no other is begun.</summary>
    Task look = Task.CompletedTask;

    protected override async Task<HealthCheckResult> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (look.IsCompleted)
                look = Task.Run(LookAsync, CancellationToken.None);
            await look.WaitAsync(Patience, time, cancellationToken);
            return space.HasRoom() ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Less is free than Framelane:Storage:MinFreeBytes.");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Storage does not answer.", failure);
        }
    }

    /// <remarks>Not ended with whoever asked: the next one may wait for it too.</remarks>
    async Task LookAsync()
    {
        using var patience = new CancellationTokenSource(Patience, time);
        await storage.CheckAsync(patience.Token);
    }
}
