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

    protected override async Task<HealthCheckResult> TryAsync(CancellationToken cancellationToken)
    {
        // What is given up on goes on by itself: a folder of a server that is away blocks whoever touches it.
        using var patience = new CancellationTokenSource(Patience, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await Task.Run(() => storage.CheckAsync(any.Token), any.Token).WaitAsync(any.Token);
            return space.HasRoom() ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Less is free than Framelane:Storage:MinFreeBytes.");
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Unhealthy("Storage does not answer.", failure);
        }
    }
}
