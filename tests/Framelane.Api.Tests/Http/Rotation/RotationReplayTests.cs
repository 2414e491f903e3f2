using Framelane.Application.Abstractions;
using Framelane.Client;
using Framelane.Domain.Workspaces;

namespace Framelane.Api.Tests.Http.Rotation;

/// <summary>A rotation whose answer was lost, and is asked for again.</summary>
public sealed class RotationReplayTests
{
    static readonly GatedBarrier Barrier = new();

    static ApiHost host = null!;

    Tenant tenant = null!;

    WebhookCreatedResponse webhook = null!;

    [OneTimeSetUp]
    public static async Task StartAsync() => host = await ApiHost.StartAsync(services => services.Decorate<IEpochBarrier>(real =>
    {
        Barrier.Real = real;
        return Barrier;
    }));

    [OneTimeTearDown]
    public static Task StopAsync() => host.DisposeAsync().AsTask();

    [SetUp]
    public async Task EnterAsync()
    {
        Barrier.Open();
        tenant = await host.AddWorkspaceAsync();
        webhook = await tenant.CreateWebhookAsync(new("http://127.0.0.1:9/hook"));
    }

    [TearDown]
    public void Leave() => tenant.Dispose();

    [Test]
    public async Task The_same_key_gets_the_same_secret_and_rotates_once()
    {
        var first = await RotateAsync("k");
        var replay = await RotateAsync("k");

        Assert.Multiple(() =>
        {
            Assert.That((first.Status, replay.Status), Is.EqualTo((200, 200)));
            Assert.That(replay.Bytes, Is.EqualTo(first.Bytes));
            Assert.That(replay.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(replay.Header("Content-Type"), Is.EqualTo(first.Header("Content-Type")));
            Assert.That(first.Header("Idempotency-Replayed"), Is.Null);
            Assert.That(replay.Header("Idempotency-Replayed"), Is.EqualTo("true"));
            Assert.That(RotationsAsync, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_replay_gives_the_secret_of_then_though_another_came_since()
    {
        var first = await RotateAsync("k");
        var other = await RotateAsync("other");

        Assert.That((await RotateAsync("k")).Bytes, Is.EqualTo(first.Bytes).And.Not.EqualTo(other.Bytes));
        Assert.That(await RotationsAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Another_body_or_another_webhook_under_the_key_is_a_conflict()
    {
        var sibling = await tenant.CreateWebhookAsync(new("http://127.0.0.1:9/sibling"));
        await RotateAsync("k");

        var body = await RotateAsync("k", """{"grace_period_seconds": 5}""");
        var path = await tenant.Raw.PostAsync($"/v1/webhooks/{sibling.Id}/rotate-secret", null, ("Idempotency-Key", "k"));

        Assert.Multiple(() =>
        {
            Assert.That((body.Status, body.Code), Is.EqualTo((409, "idempotency_conflict")));
            Assert.That((path.Status, path.Code), Is.EqualTo((409, "idempotency_conflict")));
            Assert.That(body.Body, Does.Not.Contain("whsec_"));
            Assert.That(RotationsAsync, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task The_keys_of_another_workspace_are_others()
    {
        using var other = await host.AddWorkspaceAsync();
        var theirs = await other.CreateWebhookAsync(new("http://127.0.0.1:9/theirs"));

        var first = await RotateAsync("k");
        var second = await other.Raw.PostAsync($"/v1/webhooks/{theirs.Id}/rotate-secret", null, ("Idempotency-Key", "k"));

        Assert.That(second.Status, Is.EqualTo(200));
        Assert.That(second.Body, Is.Not.EqualTo(first.Body));
        Assert.That(second.Header("Idempotency-Replayed"), Is.Null);
    }

    [Test]
    public async Task No_answer_leaves_before_the_barrier_and_a_caller_who_left_changes_nothing()
    {
        Barrier.Close();
        using var patience = new CancellationTokenSource();
        var abandoned = tenant.Client.RotateSecretAsync(webhook.Id, "k", cancellationToken: patience.Token);
        await Barrier.ReachedAsync(1);
        await patience.CancelAsync();
        Assert.That(async () => await abandoned, Throws.InstanceOf<OperationCanceledException>());

        // Committed, and so remembered, though nobody was told; the replay stands before the same barrier.
        var replay = RotateAsync("k");
        await Barrier.ReachedAsync(2);
        Assert.That(replay.IsCompleted, Is.False);
        Barrier.Open();
        var answer = await replay.InTimeAsync();

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(async () => (await tenant.CreateWebhookAsync(new("http://127.0.0.1:9/new"))).Secret, Is.EqualTo((string?)answer.Json["secret"]));
            Assert.That(Barrier.Epochs(tenant.Id).Take(2).Distinct(), Has.Exactly(1).Items, "The replay waits for the epoch of its rotation.");
            Assert.That(RotationsAsync, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task A_replay_of_what_has_passed_the_barrier_does_not_wait_again()
    {
        await RotateAsync("k");
        var passed = Barrier.Epochs(tenant.Id).Count;

        await RotateAsync("k");

        Assert.That(Barrier.Epochs(tenant.Id), Has.Count.EqualTo(passed));
    }

    async Task<Answer> RotateAsync(string key, string? body = null) =>
        await tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/rotate-secret", body, ("Idempotency-Key", key));

    async Task<int> RotationsAsync() =>
        (await tenant.Client.ListAuditLogAsync(limit: 100)).Data.Count(entry => entry.Action == "signing_secret.rotated");

    /// <summary>The real barrier, behind a door that a test can shut.</summary>
    sealed class GatedBarrier : IEpochBarrier
    {
        readonly List<(WorkspaceId WorkspaceId, long Epoch)> reached = [];

        TaskCompletionSource door = new();

        int closedAt;

        public IEpochBarrier? Real { get; set; }

        public void Close()
        {
            lock (reached)
                (door, closedAt) = (new(TaskCreationOptions.RunContinuationsAsynchronously), reached.Count);
        }

        public void Open() => door.TrySetResult();

        public Task ReachedAsync(int count) => Eventually.HoldsAsync(
            () =>
            {
                lock (reached)
                    return reached.Count - closedAt >= count;
            },
            "Nobody stood before the barrier.");

        /// <summary>Since it was last closed, where it was.</summary>
        public IReadOnlyList<long> Epochs(WorkspaceId workspaceId)
        {
            lock (reached)
                return [.. reached.Skip(closedAt).Where(passed => passed.WorkspaceId == workspaceId).Select(passed => passed.Epoch)];
        }

        public async Task PassAsync(WorkspaceId workspaceId, long epoch, CancellationToken cancellationToken)
        {
            Task opened;
            lock (reached)
            {
                reached.Add((workspaceId, epoch));
                opened = door.Task;
            }

            await opened.WaitAsync(cancellationToken);
            await Real!.PassAsync(workspaceId, epoch, cancellationToken);
        }
    }
}
