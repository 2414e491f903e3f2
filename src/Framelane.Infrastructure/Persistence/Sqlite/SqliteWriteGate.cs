namespace Framelane.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Lets the writers of this process through one at a time, first come, first served. SQLite has one writer; those that meet at its own
/// lock sleep and poll in the busy handler, which is slow and unfair, so inside a process they line up here. Asynchronous throughout.
/// </summary>
sealed class SqliteWriteGate
{
    readonly Lock sync = new();
    readonly Queue<TaskCompletionSource<IDisposable>> waiting = new();
    bool taken;

    /// <summary>Waits for the turn. Disposing what it gives ends the turn; a caller that is cancelled loses its place only.</summary>
    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IDisposable>(cancellationToken);
        return TakePlace() is { } place ? WaitAsync(place, cancellationToken) : new(new Turn(this));
    }

    /// <summary>The same for a thread that has nothing else to do: nothing of it needs one of the pool's.</summary>
    public IDisposable Enter() => TakePlace() is { } place ? place.Task.GetAwaiter().GetResult() : new Turn(this);

    static async ValueTask<IDisposable> WaitAsync(TaskCompletionSource<IDisposable> place, CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(_ => place.TrySetCanceled(cancellationToken), null))
            return await place.Task;
    }

    /// <returns>A place in the line, or null where it is the caller's turn already.</returns>
    TaskCompletionSource<IDisposable>? TakePlace()
    {
        lock (sync)
        {
            if (!taken)
            {
                taken = true;
                return null;
            }

            var place = new TaskCompletionSource<IDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.Enqueue(place);
            return place;
        }
    }

    void Leave()
    {
        lock (sync)
        {
            while (waiting.TryDequeue(out var next))
            {
                if (next.TrySetResult(new Turn(this)))
                    return;
            }

            taken = false;
        }
    }

    sealed class Turn(SqliteWriteGate gate) : IDisposable
    {
        SqliteWriteGate? gate = gate;

        public void Dispose() => Interlocked.Exchange(ref gate, null)?.Leave();
    }
}
