using System.Collections.Concurrent;
using Framelane.Infrastructure.Rotation;

namespace Framelane.Infrastructure.Tests.Rotation;

/// <summary>A table of nodes that can be told to hold others, and to fail.</summary>
sealed class FakeNodeTable : INodeTable
{
    /// <summary>The heartbeats and removals, in order.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    public bool Others { get; set; }

    public Exception? Failure { get; set; }

    /// <summary>What a read of the others waits for.</summary>
    public Task Answer { get; set; } = Task.CompletedTask;

    /// <summary>What a heartbeat waits for.</summary>
    public Task Beating { get; set; } = Task.CompletedTask;

    /// <summary>What a removal waits for.</summary>
    public Task Removing { get; set; } = Task.CompletedTask;

    public async Task BeatAsync(string nodeId, string name, string roles, CancellationToken cancellationToken)
    {
        await Beating.WaitAsync(cancellationToken);
        await DoAsync($"beat {nodeId}");
    }

    public async Task<bool> AnyOtherAsync(string nodeId, TimeSpan within, CancellationToken cancellationToken)
    {
        await Answer.WaitAsync(cancellationToken);
        await DoAsync($"others but {nodeId} within {within.TotalSeconds} s");
        return Others;
    }

    public async Task RemoveAsync(string nodeId, CancellationToken cancellationToken)
    {
        await DoAsync($"remove {nodeId}");
        await Removing.WaitAsync(cancellationToken);
    }

    Task DoAsync(string what)
    {
        if (Failure is { } failure)
            return Task.FromException(failure);
        Log.Enqueue(what);
        return Task.CompletedTask;
    }
}
