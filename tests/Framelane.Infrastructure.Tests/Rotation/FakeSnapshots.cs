using System.Collections.Concurrent;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Signing;

namespace Framelane.Infrastructure.Tests.Rotation;

/// <summary>A database of workspaces that can be slow, broken, and changed between any two reads.</summary>
sealed class FakeSnapshots(TimeProvider time) : ISnapshotReader
{
    readonly ConcurrentDictionary<WorkspaceId, WorkspaceSnapshot> workspaces = new();
    int epochReads;
    int snapshotReads;

    public int EpochReads => Volatile.Read(ref epochReads);

    public int SnapshotReads => Volatile.Read(ref snapshotReads);

    /// <summary>How many workspaces each query named.</summary>
    public ConcurrentQueue<int> QuerySizes { get; } = new();

    /// <summary>What a read of epochs does before it answers.</summary>
    public Func<Task> OnReadEpochs { get; set; } = () => Task.CompletedTask;

    /// <summary>What a read of a snapshot does before it answers.</summary>
    public Func<WorkspaceId, Task> OnReadSnapshot { get; set; } = _ => Task.CompletedTask;

    public long EpochOf(WorkspaceId id) => workspaces[id].Epoch;

    public WorkspaceId Add(string secret, params EndpointSnapshot[] endpoints)
    {
        var id = WorkspaceId.New(DateTimeOffset.UtcNow);
        workspaces[id] = new(id, 1, KeyOf(secret), null, endpoints);
        return id;
    }

    public void Remove(WorkspaceId id) => workspaces.TryRemove(id, out _);

    /// <summary>Commits a rotation, with a grace for the previous secret where one is named.</summary>
    public void Rotate(WorkspaceId id, string secret, (string Secret, DateTimeOffset ExpiresAt)? previous = null) => Replace(
        id,
        old => new(id, old.Epoch + 1, KeyOf(secret), previous is { } grace ? (KeyOf(grace.Secret), grace.ExpiresAt) : null, old.Endpoints.Values));

    /// <summary>Commits a change of the endpoints.</summary>
    public void Point(WorkspaceId id, string secret, params EndpointSnapshot[] endpoints) =>
        Replace(id, old => new(id, old.Epoch + 1, KeyOf(secret), null, endpoints));

    public async Task<EpochReading> ReadEpochsAsync(IReadOnlyCollection<WorkspaceId> workspaceIds, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        QuerySizes.Enqueue(workspaceIds.Count);
        Interlocked.Increment(ref epochReads);
        await OnReadEpochs().WaitAsync(cancellationToken);
        return new(workspaceIds.Where(workspaces.ContainsKey).ToDictionary(id => id, id => workspaces[id].Epoch), started);
    }

    public async Task<Permit?> ReadSnapshotAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        Interlocked.Increment(ref snapshotReads);
        await OnReadSnapshot(workspaceId).WaitAsync(cancellationToken);
        return workspaces.GetValueOrDefault(workspaceId) is { } snapshot ? new(snapshot, started) : null;
    }

    static SigningKey KeyOf(string secret) => new(SigningSecret.FromRevealed(secret));

    void Replace(WorkspaceId id, Func<WorkspaceSnapshot, WorkspaceSnapshot> change) => workspaces[id] = change(workspaces[id]);
}
