using System.Collections.Concurrent;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Leasing;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Tests.Leasing;

sealed record ScriptedClaim(string Name, long Fence = 1) : IClaim;

/// <summary>A queue that has what the test puts there.</summary>
sealed class ScriptedQueue(params ScriptedClaim[] due) : ILeasedQueue<ScriptedClaim>
{
    readonly ConcurrentQueue<ScriptedClaim> due = new(due);

    public TimeSpan Lease => TimeSpan.FromSeconds(30);

    /// <summary>Set once a worker has asked for work and there was none.</summary>
    public TaskCompletionSource Empty { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<ScriptedClaim> HandedBack { get; } = [];

    public ConcurrentQueue<ScriptedClaim> WaitedOut { get; } = [];

    public ConcurrentQueue<(ScriptedClaim Claim, string Code)> Failed { get; } = [];

    /// <summary>What a look at those that are held says is lost.</summary>
    public Func<Task<IReadOnlyList<ScriptedClaim>>> Lost { get; set; } = () => Task.FromResult<IReadOnlyList<ScriptedClaim>>([]);

    public Task<IReadOnlyList<ScriptedClaim>> ClaimAsync(int count, CancellationToken cancellationToken)
    {
        var claimed = new List<ScriptedClaim>();
        while (claimed.Count < count && due.TryDequeue(out var claim))
            claimed.Add(claim);
        if (claimed.Count == 0)
            Empty.TrySetResult();
        return Task.FromResult<IReadOnlyList<ScriptedClaim>>(claimed);
    }

    public Task<IReadOnlyList<ScriptedClaim>> RenewAsync(IReadOnlyCollection<ScriptedClaim> held, bool renew, CancellationToken cancellationToken) => Lost();

    public Task<bool> FailAsync(ScriptedClaim claim, string code, string message, CancellationToken cancellationToken)
    {
        Failed.Enqueue((claim, code));
        return Task.FromResult(true);
    }

    public Task<bool> HandBackAsync(ScriptedClaim claim, CancellationToken cancellationToken)
    {
        HandedBack.Enqueue(claim);
        return Task.FromResult(true);
    }

    public Task<bool> WaitOutAsync(ScriptedClaim claim, CancellationToken cancellationToken)
    {
        WaitedOut.Enqueue(claim);
        return Task.FromResult(true);
    }
}

/// <summary>A run that goes on until the test ends it, or it is told to stop.</summary>
sealed class ScriptedRun(ScriptedClaim claim, ScriptedQueue queue, RunSettings settings) : LeasedRun<ScriptedClaim>(claim, queue, settings)
{
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Kept { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called when it is told to stop, by whoever tells it.</summary>
    public Action OnStop { get; set; } = () => { };

    /// <summary>What records that it succeeded.</summary>
    public Func<Task<bool>> Record { get; set; } = () => Task.FromResult(true);

    public void Succeed() => ended.TrySetResult();

    public void FailOf(Exception failure) => ended.TrySetException(failure);

    public override Task KeepAsync(CancellationToken cancellationToken)
    {
        Kept.TrySetResult();
        return Task.CompletedTask;
    }

    protected override async Task<Func<Task<bool>>> WorkAsync(CancellationToken cancellationToken)
    {
        using var stop = cancellationToken.Register(() =>
        {
            OnStop();
            ended.TrySetCanceled(cancellationToken);
        });
        Begun.TrySetResult();
        await ended.Task;
        return Record;
    }
}

sealed class ScriptedSignal : WorkerSignal;

/// <summary>Runs each of the runs that it is given under the claim that it was made for.</summary>
sealed class ScriptedWorker(ScriptedQueue queue, ScriptedSignal signal, WorkFolder folders, IFreeSpace space, TimeProvider time, ILogger logger, params ScriptedRun[] runs)
    : LeaseWorker<ScriptedClaim>(queue, signal, folders, space, runs.Length, time, logger)
{
    protected override LeasedRun<ScriptedClaim> NewRun(ScriptedClaim claim) => runs.Single(run => run.Claim == claim);
}
