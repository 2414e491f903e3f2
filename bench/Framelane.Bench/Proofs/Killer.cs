using Framelane.Bench.Load;

namespace Framelane.Bench.Proofs;

/// <summary>
/// Kills the node that a change was sent to. Mostly it watches the database until the change is there and kills within a permit's
/// lifetime, for so long the answer waits where other nodes live; now and then it kills blindly. The database says what came of it.
/// </summary>
sealed class Killer(Cluster cluster, int budget, int seed) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly Random random = new(seed);
    readonly SemaphoreSlim one = new(1, 1);
    readonly List<Task> restarts = [];
    int left = budget;

    public int BeforeCommit { get; private set; }

    public int Between { get; private set; }

    public int AfterAnswer { get; private set; }

    public bool TryTake()
    {
        if (Interlocked.Decrement(ref left) >= 0)
            return true;
        Interlocked.Increment(ref left);
        return false;
    }

    /// <param name="isCommitted">Asks the database.</param>
    public async Task<Killed> SendAsync(Func<Server, Task<Answer>> send, Func<bool> isCommitted)
    {
        await one.WaitAsync();
        try
        {
            var server = await cluster.ReserveAsync();
            var sentAt = DateTimeOffset.UtcNow;
            var request = send(server);
            if (random.Next(4) > 0)
                await WatchAsync(request, isCommitted, sentAt);
            await Task.Delay(random.Next(2) * random.NextDouble() * 0.8 * ProofSettings.PermitLifetime);
            await server.KillAsync();
            var answer = await AnswerOrNullAsync(request);
            var committed = isCommitted();
            (BeforeCommit, Between, AfterAnswer) = (answer, committed) switch
            {
                ({ }, _) => (BeforeCommit, Between, AfterAnswer + 1),
                (_, true) => (BeforeCommit, Between + 1, AfterAnswer),
                _ => (BeforeCommit + 1, Between, AfterAnswer),
            };
            restarts.Add(cluster.GiveBackAsync(server));
            return new(answer, committed, sentAt);
        }
        finally
        {
            one.Release();
        }
    }

    public Task AllRunAgainAsync() => Task.WhenAll(restarts);

    public void Dispose() => one.Dispose();

    static async Task WatchAsync(Task<Answer> request, Func<bool> isCommitted, DateTimeOffset since)
    {
        while (!request.IsCompleted && !isCommitted() && DateTimeOffset.UtcNow - since < Patience)
            await Task.Delay(1);
    }

    static async Task<Answer?> AnswerOrNullAsync(Task<Answer> request)
    {
        try
        {
            return await request;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}

/// <param name="Answer">Null where none came.</param>
readonly record struct Killed(Answer? Answer, bool Committed, DateTimeOffset SentAt);
