using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>
/// What is claimed and what runs. The next attempt comes from the workspace whose turn it is, and there from the lane whose turn it is: a
/// flood in one workspace, or a dead endpoint, takes nothing from the others but its fair share of places. Some places stay free while
/// everybody wants more: however long all that runs may take, a newcomer starts at once.
/// </summary>
sealed class Lanes(IOptions<WebhooksOptions> options)
{
    /// <summary>Deliveries claimed and not yet running, over all lanes.</summary>
    public const int MaxWaiting = 8192;

    /// <summary>As many as are sent in a tenth of a second, and more.</summary>
    const int Plenty = 2048;

    /// <summary>One workspace alone leaves a place free for every so many that it takes; of fewer than eight places none.</summary>
    const long TakenPerFree = 7;

    readonly Lock sync = new();
    readonly Dictionary<string, Lane> lanes = [];
    readonly Dictionary<WorkspaceId, LinkedList<Lane>> turnsWithin = [];
    readonly LinkedList<WorkspaceId> turns = [];
    readonly Dictionary<WorkspaceId, int> runningOf = [];
    int waiting;
    int running;

    /// <summary>Whether so much is claimed that claiming more can wait a little.</summary>
    public bool HasPlenty
    {
        get
        {
            lock (sync)
                return IsPlenty;
        }
    }

    bool IsPlenty => waiting >= Plenty;

    /// <summary>
    /// Shares the free room out: between workspaces evenly, within a workspace between its lanes evenly, none beyond a lane's own room. No
    /// workspace is given more than makes half of what the others leave, so that one whose receivers have fallen silent leaves room. A workspace
    /// that has nothing waiting is let in however full it is, or it would have to wait until a flood is over.
    /// </summary>
    /// <param name="newcomers">Whether only workspaces that have nothing waiting get any.</param>
    public IReadOnlyList<LaneClaim> Share(IReadOnlyList<DueLane> due, bool newcomers = false)
    {
        lock (sync)
        {
            Forget(due);
            var room = MaxWaiting - waiting;
            List<LaneClaim> claims = [];
            var waitingOf = lanes.Values.Where(lane => lane.Waiting > 0).GroupBy(lane => lane.WorkspaceId, lane => lane.Waiting).ToDictionary(own => own.Key, own => own.Sum());
            var workspaces = due.GroupBy(lane => lane.WorkspaceId).Where(group => !newcomers || !waitingOf.ContainsKey(group.Key)).OrderBy(group => group.Count()).ToList();
            for (var i = 0; i < workspaces.Count; i++)
            {
                // Of what is left the others to come have as much, and as much stays free.
                var own = waitingOf.GetValueOrDefault(workspaces[i].Key);
                var most = ((room + own) / 2) - own;
                var share = room > 0 ? Math.Min(Math.Max(1, room / (workspaces.Count - i + 1)), Math.Max(most, 0)) : 0;
                if (share == 0 && own == 0)
                    share = options.Value.MaxConcurrencyPerEndpoint;
                room -= ShareWithin([.. workspaces[i]], share, claims);
            }

            return claims;
        }
    }

    public void Add(IReadOnlyList<ClaimedDelivery> claimed)
    {
        lock (sync)
        {
            foreach (var delivery in claimed)
            {
                if (!lanes.TryGetValue(delivery.Lane, out var lane))
                    lanes.Add(delivery.Lane, lane = new(delivery.Lane, delivery.WorkspaceId, options.Value.MaxConcurrencyPerEndpoint));
                lane.Add(delivery);
                TakeTurn(lane);
            }

            waiting += claimed.Count;
        }
    }

    /// <summary>How many more attempts could run now.</summary>
    public int FreePlaces
    {
        get
        {
            lock (sync)
                return Math.Min(waiting, options.Value.MaxConcurrency - running);
        }
    }

    /// <summary>Whether there is a delivery to run and a place for it: an attempt that ends may let several workspaces have more.</summary>
    public bool CanStart
    {
        get
        {
            lock (sync)
                return NextTurn() is not null;
        }
    }

    /// <summary>The delivery whose turn it is, or null where there is none to run or no place.</summary>
    public ClaimedDelivery? TryStart()
    {
        lock (sync)
        {
            if (NextTurn() is not { } workspace)
                return null;
            turns.Remove(workspace);
            var within = turnsWithin[workspace.Value];
            var lane = within.First!.Value;
            within.RemoveFirst();
            lane.InTurn = false;
            var delivery = lane.Start();
            running++;
            runningOf[workspace.Value] = runningOf.GetValueOrDefault(workspace.Value) + 1;
            waiting--;
            TakeTurn(lane);
            if (within.Count > 0)
                turns.AddLast(workspace);
            else
                turnsWithin.Remove(workspace.Value);
            return delivery;
        }
    }

    /// <param name="took">Null where it was not sent: that tells nothing of the receiver.</param>
    /// <returns>Whether the lane runs low while there is no plenty, so that it is worth a look whether the database has more for it.</returns>
    public bool End(ClaimedDelivery delivery, TimeSpan? took)
    {
        lock (sync)
        {
            running--;
            var lane = lanes[delivery.Lane];
            lane.End(took);
            if (--runningOf[lane.WorkspaceId] == 0)
                runningOf.Remove(lane.WorkspaceId);
            TakeTurn(lane);
            return lane.RunsLow && !IsPlenty;
        }
    }

    /// <summary>Takes back all that does not run yet.</summary>
    public IReadOnlyList<ClaimedDelivery> Clear()
    {
        lock (sync)
        {
            List<ClaimedDelivery> left = [.. lanes.Values.SelectMany(lane => lane.Clear())];
            foreach (var lane in lanes.Values)
                lane.InTurn = false;
            foreach (var idle in lanes.Values.Where(lane => lane.IsIdle).ToList())
                lanes.Remove(idle.Key);
            turns.Clear();
            turnsWithin.Clear();
            waiting = 0;
            return left;
        }
    }

    /// <summary>
    /// Whose turn it is of those who may run more. The fewer places are free, by their square the fewer a workspace may have: several that
    /// take all they can leave some free too, and the last is for one that runs nothing.
    /// </summary>
    LinkedListNode<WorkspaceId>? NextTurn()
    {
        long places = options.Value.MaxConcurrency;
        var free = places - running;
        var turn = free > 0 ? turns.First : null;
        while (turn is not null && runningOf.GetValueOrDefault(turn.Value) * places >= TakenPerFree * (TakenPerFree + 1) * free * free)
            turn = turn.Next;
        return turn;
    }

    /// <summary>Of an idle lane that has more to come, how much it takes is still worth knowing.</summary>
    void Forget(IReadOnlyList<DueLane> due)
    {
        var more = due.Select(lane => lane.Lane).ToHashSet();
        foreach (var (key, _) in lanes.Where(lane => lane.Value.IsIdle && !more.Contains(lane.Key)).ToList())
            lanes.Remove(key);
    }

    int ShareWithin(DueLane[] due, int share, List<LaneClaim> claims)
    {
        var given = 0;
        for (var i = 0; i < due.Length && given < share; i++)
        {
            var room = lanes.TryGetValue(due[i].Lane, out var lane) ? lane.Room : options.Value.MaxConcurrencyPerEndpoint;
            var count = Math.Min(room, Math.Max(1, (share - given) / (due.Length - i)));
            if (count > 0)
                claims.Add(new(due[i].Lane, count));
            given += count;
        }

        return given;
    }

    void TakeTurn(Lane lane)
    {
        if (lane.InTurn || !lane.CanRun)
            return;
        lane.InTurn = true;
        if (!turnsWithin.TryGetValue(lane.WorkspaceId, out var within))
        {
            turnsWithin.Add(lane.WorkspaceId, within = []);
            turns.AddLast(lane.WorkspaceId);
        }

        within.AddLast(lane);
    }
}
