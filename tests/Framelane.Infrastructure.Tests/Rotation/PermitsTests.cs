using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Tests.Signing;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Rotation;

public sealed class PermitsTests
{
    [Test]
    public async Task A_permit_is_read_once_and_serves_while_it_is_fresh()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        using var hold = node.Permits.HoldFresh(workspace);

        var first = await GetAsync(hold);
        var reads = node.Snapshots.EpochReads;
        var second = await GetAsync(hold);

        Assert.That(first.Snapshot.Epoch, Is.EqualTo(1));
        Assert.That(second, Is.EqualTo(first));
        Assert.That(node.Snapshots.EpochReads, Is.EqualTo(reads));
        Assert.That(node.Gate.TryEnter(workspace, first.ReadStarted, out _), Is.True);
    }

    [Test]
    public async Task All_who_wait_are_served_by_one_read_of_all_epochs()
    {
        await using var node = await TestNode.StartAsync(new FakeTimeProvider());
        var workspaces = Enumerable.Range(0, 20).Select(_ => node.Snapshots.Add(KnownSecrets.First)).ToList();
        var first = node.Snapshots.Add(KnownSecrets.First);
        var slow = new TaskCompletionSource();
        node.Snapshots.OnReadEpochs = () => slow.Task;
        using var blocking = node.Permits.HoldFresh(first);
        await Eventually.HoldsAsync(() => node.Snapshots.EpochReads == 1);

        var holds = workspaces.SelectMany(id => Enumerable.Range(0, 50).Select(_ => node.Permits.HoldFresh(id))).ToList();
        var waiting = holds.Select(hold => hold.GetAsync(CancellationToken.None).AsTask()).ToList();
        slow.SetResult();
        var permits = await Task.WhenAll(waiting).InTimeAsync();

        Assert.That(permits, Has.All.Not.Null);
        Assert.That(node.Snapshots.QuerySizes.Take(2), Is.EqualTo([1, 20]));
        Assert.That(node.Snapshots.SnapshotReads, Is.EqualTo(21));
        foreach (var hold in holds)
            hold.Dispose();
    }

    [Test]
    public async Task Who_comes_while_a_read_is_on_its_way_waits_for_the_next()
    {
        await using var node = await TestNode.StartAsync(new FakeTimeProvider());
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        TaskCompletionSource[] reads = [new(), new()];
        node.Snapshots.OnReadEpochs = () => node.Snapshots.EpochReads <= 2 ? reads[node.Snapshots.EpochReads - 1].Task : Task.CompletedTask;
        using var hold = node.Permits.HoldFresh(workspace);
        await Eventually.HoldsAsync(() => node.Snapshots.EpochReads == 1);

        // Had the first read answered before this commit, its answer would be old.
        node.Snapshots.Rotate(workspace, KnownSecrets.Second);
        var late = hold.GetAsync(CancellationToken.None).AsTask();
        _ = node.Gate.CloseAsync(workspace);
        reads[0].SetResult();
        await Eventually.HoldsAsync(() => node.Snapshots.EpochReads == 2);
        Assert.That(late.IsCompleted, Is.False);
        reads[1].SetResult();

        Assert.That((await late.InTimeAsync())!.Value.Snapshot.Epoch, Is.EqualTo(2));
    }

    [Test]
    public async Task While_somebody_holds_it_a_permit_is_kept_fresh_and_then_no_longer()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        var hold = node.Permits.HoldFresh(workspace);
        var read = (await GetAsync(hold)).ReadStarted;

        for (var i = 0; i < 5; i++)
        {
            await AdvanceUntilAsync(time, () => hold.Latest!.Value.ReadStarted > read);
            Assert.That(node.Gate.IsOpen(workspace, hold.Latest!.Value.ReadStarted), Is.True);
            read = hold.Latest.Value.ReadStarted;
        }

        Assert.That(node.Snapshots.SnapshotReads, Is.EqualTo(1), "The epoch had not risen.");
        hold.Dispose();
        await AdvanceAsync(time, 10);
        var reads = node.Snapshots.EpochReads;
        await AdvanceAsync(time, 20);
        Assert.That(node.Snapshots.EpochReads, Is.EqualTo(reads), "Nobody asks any more.");
    }

    [Test]
    public async Task A_hold_that_comes_when_the_ticking_has_stopped_starts_it_again()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        for (var round = 0; round < 20; round++)
        {
            using (var hold = node.Permits.HoldFresh(workspace))
            {
                var read = (await GetAsync(hold)).ReadStarted;
                await AdvanceUntilAsync(time, () => hold.Latest!.Value.ReadStarted > read);
            }

            await AdvanceAsync(time, round % 4);
        }
    }

    [Test]
    public async Task Under_load_no_waiter_is_forgotten()
    {
        await using var node = await TestNode.StartAsync();
        var workspaces = Enumerable.Range(0, 8).Select(_ => node.Snapshots.Add(KnownSecrets.First)).ToList();
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));

        var asking = Enumerable.Range(0, 16).Select(seed => Task.Run(async () =>
        {
            var random = new Random(seed);
            var served = 0;
            while (!over.IsCancellationRequested)
            {
                var workspace = workspaces[random.Next(workspaces.Count)];
                using var hold = node.Permits.HoldFresh(workspace);
                if (await hold.GetAsync(CancellationToken.None).AsTask().InTimeAsync() is not null)
                    served++;
                switch (random.Next(8))
                {
                    case 0:
                        _ = node.Gate.CloseAsync(workspace);
                        break;
                    case 1:
                        await Task.Delay(random.Next(40));
                        break;
                    default:
                        break;
                }
            }

            return served;
        }));

        Assert.That(await Task.WhenAll(asking).InTimeAsync(), Has.All.GreaterThan(0));
    }

    [Test]
    public async Task After_a_rotation_the_old_permit_is_refused_and_the_next_one_is_of_the_new_epoch()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        using var hold = node.Permits.HoldFresh(workspace);
        var old = await GetAsync(hold);

        node.Snapshots.Rotate(workspace, KnownSecrets.Second);
        await node.Barrier.PassAsync(workspace, 2, CancellationToken.None).InTimeAsync();
        time.Advance(TimeSpan.FromTicks(1));

        Assert.That(node.Gate.TryEnter(workspace, old.ReadStarted, out _), Is.False);
        var next = await GetAsync(hold);
        Assert.That(next.Snapshot.Epoch, Is.EqualTo(2));
        Assert.That(node.Gate.TryEnter(workspace, next.ReadStarted, out _), Is.True);
    }

    [Test]
    public async Task A_snapshot_that_was_read_across_a_rotation_is_refused()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        var slow = new TaskCompletionSource();
        node.Snapshots.OnReadSnapshot = _ => slow.Task;
        using var hold = node.Permits.HoldFresh(workspace);
        var asked = hold.GetAsync(CancellationToken.None).AsTask();
        await Eventually.HoldsAsync(() => node.Snapshots.SnapshotReads == 1);

        _ = node.Gate.CloseAsync(workspace);
        slow.SetResult();

        Assert.That(node.Gate.TryEnter(workspace, (await asked.InTimeAsync())!.Value.ReadStarted, out _), Is.False);
    }

    [Test]
    public async Task A_workspace_that_is_gone_has_none()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        using var hold = node.Permits.HoldFresh(workspace);
        using var stranger = node.Permits.HoldFresh(WorkspaceId.New(DateTimeOffset.UnixEpoch));
        await GetAsync(hold);

        Assert.That(await stranger.GetAsync(CancellationToken.None).AsTask().InTimeAsync(), Is.Null);
        node.Snapshots.Remove(workspace);
        await AdvanceUntilAsync(time, () => hold.Latest is null);
        Assert.That(await hold.GetAsync(CancellationToken.None).AsTask().InTimeAsync(), Is.Null);
    }

    [Test]
    public async Task A_database_that_does_not_answer_is_told_to_those_who_wait_and_asked_again()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        node.Snapshots.OnReadEpochs = () => throw new TimeoutException("database");
        using var hold = node.Permits.HoldFresh(workspace);

        var asked = hold.GetAsync(CancellationToken.None).AsTask();
        await AdvanceUntilAsync(time, () => asked.IsCompleted);
        Assert.That(() => asked, Throws.TypeOf<TimeoutException>().With.Message.EqualTo("database"));

        node.Snapshots.OnReadEpochs = () => Task.CompletedTask;
        await AdvanceUntilAsync(time, () => hold.Latest is not null);
        Assert.That((await GetAsync(hold)).Snapshot.Epoch, Is.EqualTo(1));
    }

    [Test]
    public async Task A_read_that_hangs_is_given_up_for_the_next()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        node.Snapshots.OnReadEpochs = () => new TaskCompletionSource().Task;
        using var hold = node.Permits.HoldFresh(workspace);
        var asked = hold.GetAsync(CancellationToken.None).AsTask();
        await AdvanceUntilAsync(time, () => asked.IsCompleted);
        Assert.That(() => asked, Throws.TypeOf<TimeoutException>());

        node.Snapshots.OnReadEpochs = () => Task.CompletedTask;
        node.Snapshots.OnReadSnapshot = _ => node.Snapshots.SnapshotReads == 1 ? new TaskCompletionSource().Task : Task.CompletedTask;
        await AdvanceUntilAsync(time, () => hold.Latest is not null);
        Assert.That(node.Snapshots.SnapshotReads, Is.EqualTo(2));
    }

    [Test]
    public async Task A_workspace_that_cannot_be_read_or_takes_long_delays_no_other()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var broken = node.Snapshots.Add(KnownSecrets.First);
        var slow = node.Snapshots.Add(KnownSecrets.First);
        var well = Enumerable.Range(0, 50).Select(_ => node.Snapshots.Add(KnownSecrets.First)).ToList();
        var never = new TaskCompletionSource();
        node.Snapshots.OnReadSnapshot = id => id == broken ? throw new FormatException("sealed") : id == slow ? never.Task : Task.CompletedTask;
        using var first = node.Permits.HoldFresh(slow);
        using var second = node.Permits.HoldFresh(broken);
        var stuck = first.GetAsync(CancellationToken.None).AsTask();
        var failed = second.GetAsync(CancellationToken.None).AsTask();

        foreach (var workspace in well)
        {
            using var hold = node.Permits.HoldFresh(workspace);
            Assert.That((await GetAsync(hold)).Snapshot.WorkspaceId, Is.EqualTo(workspace));
        }

        await AdvanceUntilAsync(time, () => failed.IsCompleted);
        Assert.That(() => failed, Throws.TypeOf<FormatException>());
        Assert.That(stuck.IsCompleted, Is.False);
        never.SetResult();
        await stuck.InTimeAsync();

        node.Snapshots.OnReadSnapshot = _ => Task.CompletedTask;
        await AdvanceUntilAsync(time, () => second.Latest is not null);
    }

    [Test]
    public async Task A_node_whose_heartbeat_is_too_old_gets_none()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        node.Table.Failure = new TimeoutException("database");
        for (var i = 0; i < 40; i++)
            await AdvanceAsync(time, 1, TimeSpan.FromSeconds(1));
        using var hold = node.Permits.HoldFresh(workspace);

        var asked = hold.GetAsync(CancellationToken.None).AsTask();
        await AdvanceUntilAsync(time, () => asked.IsCompleted);
        Assert.That(() => asked, Throws.TypeOf<UnavailableException>());
        Assert.That(node.Snapshots.EpochReads, Is.Zero, "What may not be used is not read.");
    }

    [Test]
    public async Task Nothing_is_read_before_the_node_is_registered()
    {
        var node = new TestNode();
        node.Table.Failure = new TimeoutException("database");
        await node.Registry.StartAsync(CancellationToken.None);
        await node.Permits.StartAsync(CancellationToken.None);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        using var hold = node.Permits.HoldFresh(workspace);
        var asked = hold.GetAsync(CancellationToken.None).AsTask();
        await Task.Delay(100);
        Assert.That(node.Snapshots.EpochReads, Is.Zero);

        node.Table.Failure = null;
        await asked.InTimeAsync();

        Assert.That(node.Table.Log.First(), Does.StartWith("beat node_"));
        await node.DisposeAsync();
    }

    [Test]
    public async Task What_nobody_asked_for_in_five_minutes_is_dropped_and_read_anew_when_asked_for()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var (idle, held) = (node.Snapshots.Add(KnownSecrets.First), node.Snapshots.Add(KnownSecrets.First));
        using (var once = node.Permits.HoldFresh(idle))
            await GetAsync(once);
        using var hold = node.Permits.HoldFresh(held);
        await GetAsync(hold);
        Assert.That(node.Permits.Count, Is.EqualTo(2));

        for (var i = 0; i < 64; i++)
            await AdvanceAsync(time, 1, TimeSpan.FromSeconds(5));
        await AdvanceUntilAsync(time, () => node.Permits.Count == 1);

        Assert.That(hold.Latest, Is.Not.Null);
        using var again = node.Permits.HoldFresh(idle);
        await GetAsync(again);
    }

    [Test]
    public async Task With_nothing_to_do_it_still_drops_what_is_idle()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        using (var once = node.Permits.HoldFresh(node.Snapshots.Add(KnownSecrets.First)))
            await GetAsync(once);

        for (var i = 0; i < 4; i++)
            await AdvanceAsync(time, 1, TimeSpan.FromMinutes(3));

        await Eventually.HoldsAsync(() => node.Permits.Count == 0);
    }

    [Test]
    public async Task A_hold_that_is_disposed_twice_lets_nobody_elses_go()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time);
        var workspace = node.Snapshots.Add(KnownSecrets.First);
        var mine = node.Permits.HoldFresh(workspace);
        using var other = node.Permits.HoldFresh(workspace);
        var read = (await GetAsync(other)).ReadStarted;

        mine.Dispose();
        mine.Dispose();

        await AdvanceUntilAsync(time, () => other.Latest!.Value.ReadStarted > read);
    }

    [Test]
    public async Task Who_still_waits_at_the_stop_is_not_left_waiting()
    {
        var node = await TestNode.StartAsync();
        var never = new TaskCompletionSource();
        node.Snapshots.OnReadEpochs = () => never.Task;
        using var hold = node.Permits.HoldFresh(node.Snapshots.Add(KnownSecrets.First));
        await Eventually.HoldsAsync(() => node.Snapshots.EpochReads == 1);
        var asked = hold.GetAsync(CancellationToken.None).AsTask();

        var stopping = node.DisposeAsync();
        never.SetException(new OperationCanceledException());
        await stopping;

        Assert.That(() => asked.InTimeAsync(), Throws.InstanceOf<OperationCanceledException>());
    }

    static async Task<Permit> GetAsync(Permits.Hold hold) =>
        await hold.GetAsync(CancellationToken.None).AsTask().InTimeAsync() ?? throw new AssertionException("The workspace is not gone.");

    /// <summary>Lets so many ticks pass, and what waits for them run.</summary>
    static async Task AdvanceAsync(FakeTimeProvider time, int ticks, TimeSpan? tick = null)
    {
        for (var i = 0; i < ticks; i++)
        {
            time.Advance(tick ?? TimeSpan.FromMilliseconds(10));
            await Task.Delay(2);
        }
    }

    static async Task AdvanceUntilAsync(FakeTimeProvider time, Func<bool> condition)
    {
        for (var i = 0; i < 2000 && !condition(); i++)
            await AdvanceAsync(time, 1);
        Assert.That(condition, Is.True);
    }
}
