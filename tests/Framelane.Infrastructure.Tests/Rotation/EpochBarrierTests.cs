using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Rotation;

public sealed class EpochBarrierTests
{
    static readonly TimeSpan Lifetime = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    readonly WorkspaceId workspace = WorkspaceId.New(DateTimeOffset.UnixEpoch);
    FakeTimeProvider time = new();
    TestNode node = new();

    [SetUp]
    public void SetUp()
    {
        time = new FakeTimeProvider();
        node = new TestNode(time, new WebhooksOptions { PermitLifetime = Lifetime });
    }

    [TearDown]
    public async Task TearDown() => await node.DisposeAsync();

    [Test]
    public async Task A_node_that_is_alone_does_not_wait()
    {
        await PassAsync().InTimeAsync();

        Assert.That(node.Table.Log, Is.EqualTo([$"others but {node.Registry.Id} within 3600 s"]));
    }

    [Test]
    public async Task With_another_node_it_waits_out_a_whole_lifetime()
    {
        node.Table.Others = true;
        var passing = PassAsync();

        await AssertPassesWhenALifetimeIsOverAsync(passing);
    }

    [Test]
    public async Task The_lifetime_counts_from_the_commit_not_from_the_answer_about_the_nodes()
    {
        node.Table.Others = true;
        var answer = new TaskCompletionSource();
        node.Table.Answer = answer.Task;
        var passing = PassAsync();

        time.Advance(Lifetime * 0.9);
        answer.SetResult();
        await Task.Delay(20);
        Assert.That(passing.IsCompleted, Is.False);
        time.Advance(Lifetime * 0.1 + Tick);

        await passing.InTimeAsync();
    }

    [Test]
    public async Task Where_the_nodes_cannot_be_read_it_waits_as_if_there_were_others()
    {
        node.Table.Failure = new TimeoutException("database");

        await AssertPassesWhenALifetimeIsOverAsync(PassAsync());
    }

    [Test]
    public async Task An_answer_about_the_nodes_that_takes_longer_than_a_lifetime_is_not_waited_for()
    {
        node.Table.Answer = new TaskCompletionSource().Task;

        await AssertPassesWhenALifetimeIsOverAsync(PassAsync());
    }

    [Test]
    public async Task It_waits_for_its_own_attempts_that_have_started()
    {
        time.Advance(Tick);
        node.Gate.TryEnter(workspace, time.GetTimestamp(), out var passage);
        var passing = PassAsync();
        await Task.Delay(20);
        Assert.That(passing.IsCompleted, Is.False);

        passage!.Leave();

        await passing.InTimeAsync();
    }

    [Test]
    public async Task The_gate_is_closed_before_the_nodes_are_asked()
    {
        var read = time.GetTimestamp();
        time.Advance(Tick);
        node.Table.Answer = new TaskCompletionSource().Task;
        using var gone = new CancellationTokenSource();

        var passing = node.Barrier.PassAsync(workspace, 2, gone.Token);

        Assert.That(node.Gate.TryEnter(workspace, read, out _), Is.False);
        await gone.CancelAsync();
        Assert.That(() => passing.InTimeAsync(), Throws.InstanceOf<OperationCanceledException>(), "A caller that goes away is not told that it passed.");
    }

    Task PassAsync() => node.Barrier.PassAsync(workspace, 2, CancellationToken.None);

    async Task AssertPassesWhenALifetimeIsOverAsync(Task passing)
    {
        time.Advance(Lifetime - Tick);
        await Task.Delay(20);
        Assert.That(passing.IsCompleted, Is.False);
        time.Advance(2 * Tick);
        await passing.InTimeAsync();
    }
}
