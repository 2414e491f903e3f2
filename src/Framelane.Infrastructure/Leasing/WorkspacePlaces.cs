using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;

namespace Framelane.Infrastructure.Leasing;

/// <summary>How many more of a workspace may be worked on, where that is limited. Counted anew for each transaction.</summary>
abstract class WorkspacePlaces(FramelaneDbContext db, IDatabaseProvider provider)
{
    /// <summary>So many of a workspace are looked at again soon.</summary>
    const int Front = 100;

    static readonly TimeSpan ShortWait = TimeSpan.FromMinutes(1), LongWait = TimeSpan.FromMinutes(10);

    readonly Dictionary<WorkspaceId, int> free = [];
    readonly Dictionary<WorkspaceId, int> refused = [];
    readonly HashSet<WorkspaceId> busy = [];

    /// <summary>Whether it cannot be known now.</summary>
    public bool IsBusy(WorkspaceId id) => busy.Contains(id);

    /// <returns>Whether there was a place, which is then taken.</returns>
    public bool TryTake(WorkspaceId id)
    {
        if (!free.TryGetValue(id, out var places))
            return true;
        if (places <= 0)
            return false;
        free[id] = places - 1;
        return true;
    }

    /// <summary>
    /// How long to leave alone what found no place. Each that ends lets the next one be looked at at once; this is for when nobody told of it, and what
    /// stands far behind is looked at less often, so that very many cost little.
    /// </summary>
    public TimeSpan Refuse(WorkspaceId id)
    {
        refused[id] = refused.GetValueOrDefault(id) + 1;
        return refused[id] <= Front ? ShortWait : LongWait;
    }

    /// <summary>What had a place has come to its end in this transaction.</summary>
    public void Leave(WorkspaceId id)
    {
        if (free.TryGetValue(id, out var places))
            free[id] = places + 1;
    }

    /// <summary>
    /// Counts, and locks the workspaces until the transaction ends: who claims for one of them does so alone. One that somebody else has locked is not
    /// waited for: everybody's rows that are due are locked by now.
    /// </summary>
    /// <param name="count">How many places are free; null where that is not limited.</param>
    protected async Task CountAsync(IEnumerable<WorkspaceId> workspaces, Func<Workspace, Task<int?>> count, CancellationToken cancellationToken)
    {
        free.Clear();
        busy.Clear();
        foreach (var id in workspaces.Distinct())
        {
            if (await provider.TryLockWorkspaceAsync(db, id, cancellationToken) is not { } workspace)
                busy.Add(id);
            else if (await count(workspace) is { } places)
                free[id] = places;
        }
    }
}
