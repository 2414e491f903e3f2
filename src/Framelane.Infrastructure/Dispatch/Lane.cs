using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>The claimed deliveries of one endpoint, and how many of them run. Guarded by <see cref="Lanes"/>.</summary>
sealed class Lane(string key, WorkspaceId workspaceId, int concurrency)
{
    /// <summary>Deliveries claimed ahead at most, however fast the receiver answers.</summary>
    const int MaxAhead = 512;

    /// <summary>Claimed ahead is what the receiver can take in this time.</summary>
    static readonly TimeSpan Horizon = TimeSpan.FromMilliseconds(250);

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

    /// <summary>
    /// How many more it may claim: few behind a slow receiver, for they would only wait out their leases. Once any lane runs low, those
    /// that soon will are filled along with it.
    /// </summary>
    public int Room => waiting.Count <= ahead * 3 / 4 ? ahead - waiting.Count : 0;

    public void Add(ClaimedDelivery delivery) => waiting.Enqueue(delivery);

    public ClaimedDelivery Start()
    {
        Running++;
        return waiting.Dequeue();
    }

    public void End(TimeSpan? took)
    {
        Running--;
        if (took is not { } time)
            return;
        var takes = (int)Math.Min(MaxAhead, concurrency * (Horizon / time));
        ahead = Math.Clamp(takes, concurrency, ahead * 2);
    }

    public IEnumerable<ClaimedDelivery> Clear()
    {
        ClaimedDelivery[] left = [.. waiting];
        waiting.Clear();
        return left;
    }
}
