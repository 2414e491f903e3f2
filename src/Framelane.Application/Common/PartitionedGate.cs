namespace Framelane.Application.Common;

/// <summary>Lets a few through at once for each partition. A partition costs memory only while it is used.</summary>
public sealed class PartitionedGate(int capacity)
{
    readonly Lock turn = new();
    readonly Dictionary<string, Partition> partitions = [];

    /// <summary>The number of partitions in use.</summary>
    public int Count
    {
        get
        {
            lock (turn)
                return partitions.Count;
        }
    }

    /// <summary>Waits for a place; disposing what is returned gives it back.</summary>
    public async ValueTask<IDisposable> EnterAsync(string key, CancellationToken cancellationToken)
    {
        var partition = Join(key);
        try
        {
            // A place that is free is taken also by who may not wait.
            if (!partition.Places.Wait(0, CancellationToken.None))
                await partition.Places.WaitAsync(cancellationToken);
        }
        catch
        {
            Leave(key, partition);
            throw;
        }

        return new Place(this, key, partition);
    }

    Partition Join(string key)
    {
        lock (turn)
        {
            if (!partitions.TryGetValue(key, out var partition))
                partitions[key] = partition = new Partition(capacity);
            partition.Users++;
            return partition;
        }
    }

    void Leave(string key, Partition partition)
    {
        lock (turn)
        {
            if (--partition.Users > 0)
                return;
            partitions.Remove(key);
        }

        partition.Places.Dispose();
    }

    sealed class Partition(int capacity)
    {
        public SemaphoreSlim Places { get; } = new(capacity);

        public int Users { get; set; }
    }

    sealed class Place(PartitionedGate gate, string key, Partition partition) : IDisposable
    {
        int returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref returned, 1) != 0)
                return;
            partition.Places.Release();
            gate.Leave(key, partition);
        }
    }
}
