using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Rotation;

/// <summary>
/// The rotation barrier: closes this node's gate, waits for exactly its own attempts that have started but not yet left, and, where other
/// nodes may be at work, for as long as anything they read before can still serve them.
/// </summary>
sealed class EpochBarrier(EpochGate gate, NodeRegistry nodes, DispatchMetrics metrics, TimeProvider time, IOptions<WebhooksOptions> options, ILogger<EpochBarrier> logger)
    : IEpochBarrier
{
    public async Task PassAsync(WorkspaceId workspaceId, long epoch, CancellationToken cancellationToken)
    {
        var committed = time.GetTimestamp();
        var ownLeft = gate.CloseAsync(workspaceId);
        if (await OthersMayRunAsync(cancellationToken))
            await WaitOutAsync(committed, cancellationToken);
        await ownLeft.WaitAsync(cancellationToken);
        metrics.BarrierPassed(time.GetElapsedTime(committed));
    }

    async Task<bool> OthersMayRunAsync(CancellationToken cancellationToken)
    {
        // Once a lifetime is over the answer changes nothing.
        using var lifetime = new CancellationTokenSource(options.Value.PermitLifetime, time);
        using var read = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.Token);
        try
        {
            return await nodes.OthersMayRunAsync(read.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(failure, "The other nodes could not be read; waiting as if there were some.");
            return true;
        }
    }

    /// <remarks>A timer may fire a little early by the clock that permits go by.</remarks>
    async Task WaitOutAsync(long committed, CancellationToken cancellationToken)
    {
        TimeSpan left;
        while ((left = options.Value.PermitLifetime - time.GetElapsedTime(committed)) > TimeSpan.Zero)
            await Task.Delay(left + TimeSpan.FromMilliseconds(1), time, cancellationToken);
    }
}
