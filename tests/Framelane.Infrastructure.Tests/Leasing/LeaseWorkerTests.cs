using Framelane.Application.Abstractions;
using Moq;

namespace Framelane.Infrastructure.Tests.Leasing;

/// <summary>A worker whose runs end at the moments that are hard to come by.</summary>
public sealed class LeaseWorkerTests : LeasingTests
{
    readonly ScriptedSignal signal = new();

    ScriptedWorker worker = null!;

    [SetUp]
    public async Task StartAsync()
    {
        worker = new(Queue, signal, Folders, Mock.Of<IFreeSpace>(space => space.HasRoom()), Time, Log, First, Second);
        await worker.StartAsync(CancellationToken.None);
        await Task.WhenAll(First.Begun.Task, Second.Begun.Task).InTimeAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await worker.StopAsync(CancellationToken.None);
        worker.Dispose();
        signal.Dispose();
    }

    [Test]
    public async Task A_run_that_ends_while_another_is_stopped_keeps_none_from_being_handed_back()
    {
        // Whichever is stopped first has the other come to its end meanwhile, which is when the worker is woken.
        First.OnStop = () => EndMeanwhile(Second);
        Second.OnStop = () => EndMeanwhile(First);
        await worker.StopAsync(CancellationToken.None);
        Assert.That(worker.ExecuteTask!.Exception, Is.Null);
        Assert.That(Queue.HandedBack, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_run_that_ends_while_leases_are_looked_at_keeps_no_other_from_being_looked_after()
    {
        Queue.Lost = async () =>
        {
            First.Succeed();
            await Queue.Empty.Task;
            return [First.Claim];
        };
        Time.Advance(TimeSpan.FromSeconds(1));
        await Second.Kept.Task.InTimeAsync();
        Assert.That(Log.Lines, Has.None.Contains("could not be looked after"));
    }

    [Test]
    public async Task A_look_at_leases_that_fails_while_the_process_stops_is_no_fault_of_the_worker()
    {
        TaskCompletionSource looked = new(), stopped = new();
        Queue.Lost = async () =>
        {
            looked.TrySetResult();
            await stopped.Task;
            throw new InvalidOperationException("Operation cancelled by user.");
        };
        Time.Advance(TimeSpan.FromSeconds(1));
        await looked.Task.InTimeAsync();
        var stop = worker.StopAsync(CancellationToken.None);
        stopped.SetResult();
        await stop;
        Assert.That(worker.ExecuteTask!.Exception, Is.Null);
    }

    void EndMeanwhile(ScriptedRun run)
    {
        run.Succeed();
        signal.WaitAsync(Timeout.InfiniteTimeSpan, CancellationToken.None).GetAwaiter().GetResult();
    }
}
