using Framelane.Application.Abstractions;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Jobs;

/// <summary>Looks at all jobs that somebody waits for, together: however many wait, the database is asked as often as for one.</summary>
sealed class JobWatch(IOpenJobs jobs, TimeProvider time)
{
    /// <summary>Waits of one workspace in this process, each of which holds a connection of a client's.</summary>
    public const int MaxOfOne = 500;

    /// <summary>From one look to the next: short against what a job takes.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    readonly Lock turn = new();
    readonly Dictionary<JobId, Awaited> awaited = [];
    readonly Dictionary<WorkspaceId, int> waits = [];
    bool isWatching;

    /// <summary>Waits until the job has probably ended, the time is over or the wait is cancelled; its reader sees which.</summary>
    /// <returns>False at once where the workspace has as many waits as it may.</returns>
    public async Task<bool> WaitAsync(Job job, TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (Join(job) is not { } joined)
            return false;
        try
        {
            await joined.Ended.Task.WaitAsync(atMost, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        }
        finally
        {
            Leave(job, joined);
        }
    }

    Awaited? Join(Job job)
    {
        lock (turn)
        {
            var others = waits.GetValueOrDefault(job.WorkspaceId);
            if (others >= MaxOfOne)
                return null;
            waits[job.WorkspaceId] = others + 1;
            if (!awaited.TryGetValue(job.Id, out var joined))
                awaited[job.Id] = joined = new();
            joined.Waits++;
            if (!isWatching)
            {
                isWatching = true;

                // It outlives the request that begins it, and is no part of its trace.
                using (ExecutionContext.SuppressFlow())
                    _ = WatchAsync();
            }

            return joined;
        }
    }

    void Leave(Job job, Awaited joined)
    {
        lock (turn)
        {
            if (--waits[job.WorkspaceId] == 0)
                waits.Remove(job.WorkspaceId);
            if (--joined.Waits == 0 && awaited.GetValueOrDefault(job.Id) == joined)
                awaited.Remove(job.Id);
        }
    }

    /// <summary>Ends when nobody waits.</summary>
    async Task WatchAsync()
    {
        while (true)
        {
            await Task.Delay(Interval, time, CancellationToken.None);
            JobId[] looked;
            lock (turn)
            {
                isWatching = awaited.Count > 0;
                if (!isWatching)
                    return;
                looked = [.. awaited.Keys];
            }

            End(looked.Except(await OpenAsync(looked)));
        }
    }

    /// <summary>None where that cannot be read: each that waits then reads its job itself, and answers what hinders it.</summary>
    async Task<IReadOnlyCollection<JobId>> OpenAsync(JobId[] looked)
    {
        try
        {
            return await jobs.FindAsync(looked, CancellationToken.None);
        }
        catch
        {
            return [];
        }
    }

    void End(IEnumerable<JobId> ended)
    {
        lock (turn)
        {
            foreach (var id in ended)
            {
                if (awaited.Remove(id, out var joined))
                    joined.Ended.SetResult();
            }
        }
    }

    sealed class Awaited
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waits { get; set; }
    }
}
