using Framelane.Infrastructure.Rotation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Rotation;

public sealed class NodeRegistryTests
{
    readonly FakeTimeProvider time = new();
    FakeNodeTable table = new();
    NodeRegistry registry = null!;

    [SetUp]
    public void SetUp()
    {
        table = new FakeNodeTable();
        registry = new NodeRegistry(table, TestNode.AllRoles, time, NullLogger<NodeRegistry>.Instance);
    }

    [TearDown]
    public void TearDown() => registry.Dispose();

    [Test]
    public async Task It_is_alive_from_its_first_heartbeat_on()
    {
        Assert.That(registry.EnsureAlive, Throws.InvalidOperationException);

        await registry.StartAsync(CancellationToken.None);
        await registry.Registered.InTimeAsync();

        Assert.That(registry.EnsureAlive, Throws.Nothing);
        Assert.That(table.Log, Is.EqualTo([$"beat {registry.Id}"]));
    }

    [Test]
    public async Task It_beats_every_five_seconds_and_takes_its_entry_with_it()
    {
        await registry.StartAsync(CancellationToken.None);
        await registry.Registered.InTimeAsync();
        for (var beats = 2; beats < 5; beats++)
        {
            await AdvanceAsync(TimeSpan.FromSeconds(5));
            await Eventually.HoldsAsync(() => table.Log.Count == beats);
        }

        await registry.StopAsync(CancellationToken.None);

        Assert.That(table.Log.Last(), Is.EqualTo($"remove {registry.Id}"));
    }

    [Test]
    public async Task Silent_for_thirty_seconds_it_no_longer_counts_as_alive_well_before_others_forget_it()
    {
        await registry.StartAsync(CancellationToken.None);
        await registry.Registered.InTimeAsync();
        table.Failure = new TimeoutException("database");
        for (var i = 0; i < 30; i++)
            await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That(registry.EnsureAlive, Throws.Nothing);

        await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That(registry.EnsureAlive, Throws.InvalidOperationException);
        Assert.That(NodeRegistry.LatelyAlive, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(30 + 10)), "Silence, and the longest permit after it.");

        table.Failure = null;
        for (var i = 0; i < 3; i++)
            await AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That(registry.EnsureAlive, Throws.Nothing);
    }

    async Task AdvanceAsync(TimeSpan step)
    {
        time.Advance(step);
        await Task.Delay(5);
    }
}
