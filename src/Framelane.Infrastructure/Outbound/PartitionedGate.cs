namespace Framelane.Infrastructure.Outbound;

/// <summary>Lets a few through at once for each partition. A partition costs memory only while it is used.</summary>
internal sealed class PartitionedGate(int capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Partition> _partitions = [];

    /// <summary>The number of partitions in use.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _partitions.Count;
        }
    }

    /// <summary>Waits for a place; disposing what is returned gives it back.</summary>
    public async ValueTask<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var partition = Join(key);
        try
        {
            await partition.Places.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(key, partition);
            throw;
        }

        return new Place(this, key, partition);
    }

    private Partition Join(string key)
    {
        lock (_lock)
        {
            if (!_partitions.TryGetValue(key, out var partition)) _partitions[key] = partition = new Partition(capacity);
            partition.Users++;
            return partition;
        }
    }

    private void Leave(string key, Partition partition)
    {
        lock (_lock)
        {
            if (--partition.Users > 0) return;
            _partitions.Remove(key);
        }

        partition.Places.Dispose();
    }

    private sealed class Partition(int capacity)
    {
        public SemaphoreSlim Places { get; } = new(capacity);

        public int Users { get; set; }
    }

    private sealed class Place(PartitionedGate gate, string key, Partition partition) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) != 0) return;
            partition.Places.Release();
            gate.Leave(key, partition);
        }
    }
}
