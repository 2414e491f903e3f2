using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>The claimed deliveries of one endpoint, and how many of them run. Guarded by <see cref="Lanes"/>.</summary>
sealed class Lane(string key, WorkspaceId workspaceId, int concurrency)
{
    /// <summary>Deliveries claimed ahead at most, for a lane whose receiver answers fast.</summary>
    const int MaxAhead = 64;

    static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    readonly Queue<ClaimedDelivery> waiting = new();
    readonly int concurrency = concurrency;
    int ahead = concurrency;

    public string Key { get; } = key;

    public WorkspaceId WorkspaceId { get; } = workspaceId;

    public int Waiting => waiting.Count;

    public int Running { get; private set; }

    /// <summary>Whether it stands in its workspace's turn.</summary>
    public bool InTurn { get; set; }

    public bool IsIdle => waiting.Count == 0 && Running == 0;

    public bool CanRun => waiting.Count > 0 && Running < concurrency;

    /// <summary>Whether it is time to claim more: in few large claims rather than in many small ones.</summary>
    public bool RunsLow => waiting.Count <= ahead / 2;

    /// <summary>How many more it may claim: few behind a slow receiver, for they would only wait out their leases.</summary>
    public int Room => RunsLow ? ahead - waiting.Count : 0;

    public void Add(ClaimedDelivery delivery) => waiting.Enqueue(delivery);

    public ClaimedDelivery Start()
    {
        Running++;
        return waiting.Dequeue();
    }

    public void End(TimeSpan? took)
    {
        Running--;
        if (took > Slow)
            ahead = concurrency;
        else if (took < Fast && waiting.Count == 0)
            ahead = Math.Min(MaxAhead, ahead * 2);
    }

    public IEnumerable<ClaimedDelivery> Clear()
    {
        ClaimedDelivery[] left = [.. waiting];
        waiting.Clear();
        return left;
    }
}
