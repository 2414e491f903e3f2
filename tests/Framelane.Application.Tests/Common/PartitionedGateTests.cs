using Framelane.Application.Common;

namespace Framelane.Application.Tests.Common;

public sealed class PartitionedGateTests
{
    [Test]
    public async Task A_partition_in_use_waits_for_its_own_places_only()
    {
        var gate = new PartitionedGate(capacity: 1);
        var first = await gate.EnterAsync("a", default);

        var second = gate.EnterAsync("a", default);
        using var other = await gate.EnterAsync("b", default);
        Assert.That(second.IsCompleted, Is.False);

        first.Dispose();
        using var entered = await second;
        Assert.That(gate.Count, Is.EqualTo(2));
    }

    [Test]
    public async Task What_is_not_used_is_forgotten()
    {
        var gate = new PartitionedGate(capacity: 1);
        var place = await gate.EnterAsync("a", default);
        using var stop = new CancellationTokenSource();
        var waiting = gate.EnterAsync("a", stop.Token).AsTask();

        await stop.CancelAsync();
        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(gate.Count, Is.EqualTo(1));

        place.Dispose();
        place.Dispose();
        Assert.That(gate.Count, Is.Zero);
    }

    [Test]
    public async Task Under_load_no_partition_ever_exceeds_its_places()
    {
        var gate = new PartitionedGate(capacity: 2);
        var inside = new int[5];
        var worst = 0;

        await Parallel.ForAsync(0, 5_000, async (i, ct) =>
        {
            var key = i % inside.Length;
            using var place = await gate.EnterAsync($"p{key}", ct);
            InterlockedMax(ref worst, Interlocked.Increment(ref inside[key]));
            await Task.Yield();
            Interlocked.Decrement(ref inside[key]);
        });

        Assert.That(worst, Is.InRange(1, 2));
        Assert.That(gate.Count, Is.Zero);
    }

    static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
