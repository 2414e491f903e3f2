using Framelane.Application.Abstractions;
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
}
