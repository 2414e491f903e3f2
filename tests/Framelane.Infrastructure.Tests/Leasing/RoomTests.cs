using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Leasing;
using Moq;

namespace Framelane.Infrastructure.Tests.Leasing;

/// <summary>A worker on a disk that is full.</summary>
public sealed class RoomTests : LeasingTests
{
    [Test]
    public async Task A_worker_without_room_takes_nothing_up_until_there_is_some()
    {
        var (hasRoom, asked) = (false, new SemaphoreSlim(0));
        var space = new Mock<IFreeSpace>();
        space.Setup(port => port.HasRoom()).Returns(() => hasRoom).Callback(() => asked.Release());
        using var signal = new ScriptedSignal();
        using var worker = new ScriptedWorker(Queue, signal, Folders, space.Object, Time, Log, First, Second);
        await worker.StartAsync(CancellationToken.None);
        for (var look = 0; look < 3; look++)
        {
            await asked.WaitAsync().InTimeAsync();
            signal.Wake();
        }

        Assert.That(Queue.Empty.Task.IsCompleted || First.Begun.Task.IsCompleted, Is.False, "The queue was looked at.");
        hasRoom = true;
        signal.Wake();
        await Task.WhenAll(First.Begun.Task, Second.Begun.Task).InTimeAsync();
        await worker.StopAsync(CancellationToken.None);
        Assert.That(Log.Lines.Count(line => line.Contains("Nothing is taken up", StringComparison.Ordinal)), Is.EqualTo(1));
        asked.Dispose();
    }

    [Test]
    public async Task While_room_runs_out_the_run_with_the_most_on_disk_gives_way_and_is_taken_up_again_later()
    {
        await RunOutOfRoomAsync(ScriptedWorker.WorthFreeing, 2 * ScriptedWorker.WorthFreeing, () => !Queue.WaitedOut.IsEmpty);
        Assert.That(Queue.WaitedOut, Is.EqualTo(new[] { Second.Claim }));
        Assert.That(Queue.HandedBack, Is.EqualTo(new[] { First.Claim }));
        Assert.That(Queue.Failed, Is.Empty);
    }

    [Test]
    public async Task One_that_fills_the_disk_alone_counts_as_a_run_that_failed_of_it()
    {
        await RunOutOfRoomAsync(10, ScriptedWorker.WorthFreeing, () => Log.Lines.Any(line => line.Contains("gave way", StringComparison.Ordinal)), ticks: 1);
        Assert.That(Queue.WaitedOut, Is.Empty, "it is left to its lease");
        Assert.That(Queue.HandedBack, Is.EqualTo(new[] { First.Claim }), "and the other had nothing to free");
    }

    [Test]
    public async Task What_another_worker_of_the_process_has_more_on_disk_with_gives_way_first()
    {
        var space = new Mock<IFreeSpace>();
        space.Setup(port => port.HasRoom()).Returns(true);
        space.Setup(port => port.IsRunningOut()).Returns(true);
        using var signal = new ScriptedSignal();
        using var worker = new ScriptedWorker(Queue, signal, Folders, space.Object, Time, Log, First, Second);
        Fill(Folders.MakeRun(new ScriptedClaim("other")), ScriptedWorker.WorthFreeing);
        await worker.StartAsync(CancellationToken.None);
        await Task.WhenAll(First.Begun.Task, Second.Begun.Task).InTimeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await First.Kept.Task.InTimeAsync();
        await worker.StopAsync(CancellationToken.None);
        Assert.That(Queue.WaitedOut, Is.Empty);
    }

    [Test]
    public async Task What_another_process_has_more_on_disk_with_gives_way_there()
    {
        Fill(Others.MakeRun(new ScriptedClaim("other")), 2 * ScriptedWorker.WorthFreeing);
        bool? wasKept = null;
        Second.OnStop = () => wasKept = Second.Kept.Task.IsCompleted;
        await RunOutOfRoomAsync(10, ScriptedWorker.WorthFreeing, () => Second.Kept.Task.IsCompleted);
        Assert.That(wasKept, Is.True, "it was told to end by its worker's stop alone");
    }

    [Test]
    public async Task One_that_fills_the_disk_with_another_process_is_not_alone()
    {
        Fill(Others.MakeRun(new ScriptedClaim("other")), ScriptedWorker.WorthFreeing);
        await RunOutOfRoomAsync(10, 2 * ScriptedWorker.WorthFreeing, () => !Queue.WaitedOut.IsEmpty);
        Assert.That(Queue.WaitedOut, Is.EqualTo(new[] { Second.Claim }));
    }

    [Test]
    public async Task What_a_process_left_that_is_dead_gives_way_to_nobody()
    {
        var dead = Path.Combine(Folders.MakeRun(new ScriptedClaim("own")), "..", "..", "..", "dead");
        Fill(Directory.CreateDirectory(Path.Combine(dead, "runs", "other")).FullName, 2 * ScriptedWorker.WorthFreeing);
        await File.WriteAllTextAsync(Path.Combine(dead, ".lock"), "");
        await RunOutOfRoomAsync(10, ScriptedWorker.WorthFreeing, () => Log.Lines.Any(line => line.Contains("gave way", StringComparison.Ordinal)), ticks: 1);
        Assert.That(Queue.WaitedOut, Is.Empty, "the other is alone");
    }

    [Test]
    public async Task Leases_are_kept_where_nobody_knows_how_full_the_disk_is()
    {
        var space = new Mock<IFreeSpace>();
        space.Setup(port => port.HasRoom()).Returns(true);
        space.Setup(port => port.IsRunningOut()).Throws<IOException>();
        using var signal = new ScriptedSignal();
        using var worker = new ScriptedWorker(Queue, signal, Folders, space.Object, Time, Log, First, Second);
        await worker.StartAsync(CancellationToken.None);
        await Task.WhenAll(First.Begun.Task, Second.Begun.Task).InTimeAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await First.Kept.Task.InTimeAsync();
        await worker.StopAsync(CancellationToken.None);
    }

    [Test]
    public async Task What_goes_while_a_run_is_measured_hides_nothing_else_of_it()
    {
        var folder = Folders.MakeRun(new ScriptedClaim("one"));
        Fill(folder, 1000);
        var coming = Task.Run(() =>
        {
            for (var round = 0; round < 1000; round++)
            {
                var part = Directory.CreateDirectory(Path.Combine(folder, "part")).FullName;
                for (var i = 0; i < 20; i++)
                    File.WriteAllText(Path.Combine(part, $"{i}"), "");
                Directory.Delete(part, recursive: true);
            }
        });
        HashSet<long> sizes = [];
        while (!coming.IsCompleted)
            sizes.Add(WorkFolder.BytesIn(folder));
        await coming;
        Assert.That(sizes, Is.EqualTo(new[] { 1000 }));
    }

    /// <summary>Two runs that have so many bytes on disk when room runs out, until what is waited for and so many ticks more; then the worker stops.</summary>
    async Task RunOutOfRoomAsync(long first, long second, Func<bool> until, int ticks = 0)
    {
        var isRunningOut = false;
        var space = new Mock<IFreeSpace>();
        space.Setup(port => port.HasRoom()).Returns(true);
        space.Setup(port => port.IsRunningOut()).Returns(() => isRunningOut);
        using var signal = new ScriptedSignal();
        using var worker = new ScriptedWorker(Queue, signal, Folders, space.Object, Time, Log, First, Second);
        await worker.StartAsync(CancellationToken.None);
        await Task.WhenAll(First.Begun.Task, Second.Begun.Task).InTimeAsync();
        Fill(First.Folder, first);
        Fill(Second.Folder, second);
        isRunningOut = true;
        Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(until);
        Time.Advance(ticks * TimeSpan.FromSeconds(1));
        await worker.StopAsync(CancellationToken.None);
    }

    /// <summary>A file of that size; a file system keeps no zeros.</summary>
    static void Fill(string folder, long bytes)
    {
        using var file = File.Create(Path.Combine(folder, "a"));
        file.SetLength(bytes);
    }
}
