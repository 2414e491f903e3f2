using System.Collections.Concurrent;

namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Does what is asked of one connection in the order in which it was asked, all that waits in one transaction: either all of it is
/// committed before anybody is answered, or everybody is told of the failure and nothing has happened.
/// </summary>
sealed class SqliteDispatchThread : IAsyncDisposable
{
    readonly SqliteConnections connections;
    readonly SqliteWriteGate? gate;
    readonly BlockingCollection<Work> asked = [];
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    SqliteDispatchSession? session;

    /// <param name="gate">Null for a connection that only reads.</param>
    public SqliteDispatchThread(SqliteConnections connections, SqliteWriteGate? gate)
    {
        (this.connections, this.gate) = (connections, gate);
        new Thread(Run) { IsBackground = true, Name = "SQLite dispatch" }.Start();
    }

    public Task<T> DoAsync<T>(Func<SqliteDispatchSession, T> action, CancellationToken cancellationToken)
    {
        var work = new Work<T>(action, cancellationToken);
        try
        {
            asked.Add(work, CancellationToken.None);
            return work.Answer;
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteDispatchStore));
        }
    }

    /// <summary>What runs ends first; what waits is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        asked.CompleteAdding();
        await ended.Task;
    }

    void Run()
    {
        List<Work> together = [];
        foreach (var first in asked.GetConsumingEnumerable())
        {
            together.Clear();
            together.Add(first);
            try
            {
                ObjectDisposedException.ThrowIf(asked.IsAddingCompleted, typeof(SqliteDispatchStore));
                Do(together);
            }
            catch (Exception failure)
            {
                // A statement may have been left half done.
                session?.Dispose();
                session = null;
                foreach (var work in together)
                    work.Fail(failure);
            }
        }

        session?.Dispose();
        ended.SetResult();
    }

    void Do(List<Work> together)
    {
        using var turn = gate?.Enter();
        TakeWaiting(together);
        together.RemoveAll(work => work.IsCancelled);
        session ??= new(connections.Open());
        using (var transaction = session.Begin(toWrite: gate is not null))
        {
            foreach (var work in together)
                work.Do(session);
            transaction.Commit();
        }

        foreach (var work in together)
            work.Complete();
    }

    void TakeWaiting(List<Work> together)
    {
        while (asked.TryTake(out var next))
            together.Add(next);
    }

    abstract class Work
    {
        /// <summary>Whether nobody wants it any more; whoever asked knows then.</summary>
        public abstract bool IsCancelled { get; }

        public abstract void Do(SqliteDispatchSession session);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    sealed class Work<T>(Func<SqliteDispatchSession, T> action, CancellationToken cancellationToken) : Work
    {
        readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        T? result;

        public Task<T> Answer => answer.Task;

        public override bool IsCancelled => cancellationToken.IsCancellationRequested && answer.TrySetCanceled(cancellationToken);

        public override void Do(SqliteDispatchSession session) => result = action(session);

        public override void Complete() => answer.TrySetResult(result!);

        public override void Fail(Exception failure) => answer.TrySetException(failure);
    }
}
