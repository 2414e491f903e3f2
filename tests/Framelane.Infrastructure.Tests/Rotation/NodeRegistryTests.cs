using Framelane.Application.Abstractions;
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
        Assert.That(registry.EnsureAlive, Throws.TypeOf<UnavailableException>());

        await registry.StartAsync(CancellationToken.None);

        Assert.That(registry.Registered.IsCompletedSuccessfully, "Before the host goes on to what accepts keys.");
        Assert.That(registry.EnsureAlive, Throws.Nothing);
        Assert.That(table.Log, Is.EqualTo([$"beat {registry.Id}"]));
    }

    [Test]
    public async Task It_beats_every_five_seconds_and_takes_its_entry_with_it()
    {
        await registry.StartAsync(CancellationToken.None);
        var seconds = 0;
        await Eventually.HoldsAsync(() =>
        {
            Assert.That(table.Log, Has.Count.LessThanOrEqualTo(1 + seconds / 5));
            time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
            return table.Log.Count == 4;
        });

        await registry.StopAsync(CancellationToken.None);

        Assert.That(table.Log.Last(), Is.EqualTo($"remove {registry.Id}"));
    }

    [Test]
    public async Task Stopped_twice_it_takes_its_entry_with_it_once_and_both_wait_for_that()
    {
        await registry.StartAsync(CancellationToken.None);
        var removing = new TaskCompletionSource();
        table.Removing = removing.Task;

        var first = registry.StopAsync(CancellationToken.None);
        var second = registry.StopAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => table.Log.Last() == $"remove {registry.Id}");
        await Task.WhenAny(first, second, Task.Delay(100));
        Assert.That((first.IsCompleted, second.IsCompleted), Is.EqualTo((false, false)));
        removing.SetResult();
        await Task.WhenAll(first, second);

        Assert.That(table.Log.Count(line => line.StartsWith("remove", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_heartbeat_that_hangs_is_given_up_for_the_next()
    {
        await registry.StartAsync(CancellationToken.None);
        table.Beating = new TaskCompletionSource().Task;
        time.Advance(TimeSpan.FromSeconds(35));
        Assert.That(registry.EnsureAlive, Throws.TypeOf<UnavailableException>());

        table.Beating = Task.CompletedTask;
        var seconds = 0;
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
            return table.Log.Count == 2;
        });
        Assert.That(registry.EnsureAlive, Throws.Nothing);
    }

    [Test]
    public async Task Silent_for_thirty_seconds_it_no_longer_counts_as_alive_well_before_others_forget_it()
    {
        await registry.StartAsync(CancellationToken.None);
        table.Failure = new TimeoutException("database");
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(registry.EnsureAlive, Throws.Nothing);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(registry.EnsureAlive, Throws.TypeOf<UnavailableException>());
        Assert.That(NodeRegistry.LatelyAlive, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(30 + 10)), "Silence, and the longest permit after it.");

        table.Failure = null;
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return table.Log.Count == 2;
        });
        Assert.That(registry.EnsureAlive, Throws.Nothing);
    }

    [Test]
    public async Task Its_silence_counts_from_before_its_last_heartbeat_was_sent()
    {
        var written = new TaskCompletionSource();
        table.Beating = written.Task;
        var start = registry.StartAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(9));
        written.SetResult();
        await start;
        table.Failure = new TimeoutException("database");
        time.Advance(TimeSpan.FromSeconds(21));
        Assert.That(registry.EnsureAlive, Throws.Nothing);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(registry.EnsureAlive, Throws.TypeOf<UnavailableException>());
    }
}
