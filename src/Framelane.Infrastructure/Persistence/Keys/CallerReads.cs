using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Rotation;

namespace Framelane.Infrastructure.Persistence.Keys;

/// <summary>Reads who calls, and accepts nobody on a read that a change of their workspace may have overtaken.</summary>
sealed class CallerReads(TimelyContexts contexts, IEpochGate gate, NodeRegistry node, TimeProvider time)
{
    const int MaxReads = 10;

    /// <summary>A client would rather be told.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <returns>What the read found, once that may be acted on; null where it found nobody.</returns>
    /// <exception cref="TimeoutException">The database did not answer.</exception>
    public Task<T?> ReadAsync<T>(Func<FramelaneDbContext, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class, ICallerRow =>
        time.WithinAsync(Limit, token => TryReadAsync(read, token), cancellationToken);

    async Task<T?> TryReadAsync<T>(Func<FramelaneDbContext, CancellationToken, Task<T?>> read, CancellationToken cancellationToken)
        where T : class, ICallerRow
    {
        node.EnsureAlive();
        await using var db = await contexts.OpenAsync(cancellationToken);
        for (var reads = 0; reads < MaxReads; reads++)
        {
            node.EnsureAlive();
            var started = time.GetTimestamp();
            if (await read(db, cancellationToken) is not { } row)
                return null;
            if (gate.TryAccept(row.WorkspaceId, row.Epoch, started))
                return row;
        }

        throw new UnavailableException("Callers cannot be read fast enough to be accepted.");
    }
}

/// <summary>A caller with the epoch that their workspace had in the same read.</summary>
interface ICallerRow
{
    WorkspaceId WorkspaceId { get; }

    long Epoch { get; }
}
