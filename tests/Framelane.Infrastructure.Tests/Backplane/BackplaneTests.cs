using Framelane.Application.Abstractions;
using Framelane.Application.Webhooks.RotateSecret;
using Framelane.Domain.Audit;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Backplane;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Tests.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace Framelane.Infrastructure.Tests.Backplane;

/// <summary>
/// Two processes on one database and one Redis: one serves the API, the other delivers. What a test changes before it has the other start
/// waits for nobody's permit.
/// </summary>
public sealed class BackplaneTests
{
    static readonly TimeSpan Never = TimeSpan.FromHours(1);

    readonly SqliteDatabase database = new();
    readonly RedisServer redis = new();
    readonly Receiver receiver = new();
    DispatchHost api = null!;
    DispatchHost? dispatcher;
    Webhook webhook = null!;

    [SetUp]
    public async Task Start()
    {
        api = await StartAsync("api");
        webhook = await api.AddWebhookAsync(receiver.Url);
    }

    [TearDown]
    public async Task Stop()
    {
        await api.DisposeAsync();
        if (dispatcher is not null)
            await dispatcher.DisposeAsync();
        redis.Dispose();
        receiver.Dispose();
        database.Dispose();
    }

    [Test]
    public async Task What_one_process_writes_another_delivers_without_a_poll()
    {
        await StartDispatcherAsync();

        foreach (var _ in Enumerable.Range(0, 3))
            await api.BecomesAsync(await api.DeliverAsync(webhook), DeliveryState.Succeeded);
    }

    [Test]
    public async Task A_retry_starts_on_time_without_a_poll()
    {
        await StartDispatcherAsync(("Framelane:Webhooks:RetrySchedule:0", "00:00:00"), ("Framelane:Webhooks:RetrySchedule:1", "00:00:00.3"));
        receiver.Answers(500, 200);

        await api.BecomesAsync(await api.DeliverAsync(webhook), DeliveryState.Succeeded);
    }

    [Test]
    public async Task What_a_process_hands_back_another_takes_without_a_poll()
    {
        await using var leaving = await StartAsync("dispatcher", settings: ("Framelane:Webhooks:MaxConcurrency", "1"));
        using var turns = new SemaphoreSlim(0);
        receiver.WaitsFor(turns);
        await api.DeliverManyAsync(webhook, 8);
        await Eventually.HoldsAsync(() => api.ReadAsync(db => db.Deliveries.AllAsync(delivery => delivery.Fence > 0)), "Not all were claimed.");
        await Eventually.HoldsAsync(() => receiver.Running == 1);
        await StartDispatcherAsync();

        turns.Release(8);
        await leaving.StopAsync();

        await Eventually.HoldsAsync(() => receiver.Requests.Count == 8);
    }

    /// <remarks>It has so much that it takes more only now and then, and the announcement falls in between.</remarks>
    [Test]
    public async Task What_is_announced_to_a_process_that_has_plenty_is_found_without_a_poll_where_its_workspace_has_nothing_waiting()
    {
        using var turns = new SemaphoreSlim(0);
        receiver.WaitsFor(turns);
        var other = await api.AddWebhookAsync($"{receiver.Url}/other");
        var neighbour = await api.AddWebhookAsync(receiver.Url, await api.AddWorkspaceAsync());
        await api.DeliverManyAsync(webhook, Lanes.MaxWaiting);
        dispatcher = await StartAsync(
            "dispatcher",
            node => (node.Get<Dispatcher>().PollInterval, node.Get<Dispatcher>().AnnouncedPollInterval) = (Never, Never),
            ("Framelane:Webhooks:MaxConcurrency", "1"),
            ("Framelane:Webhooks:MaxConcurrencyPerEndpoint", $"{Lanes.MaxWaiting}"));
        await Eventually.HoldsAsync(() => dispatcher.Get<Lanes>().HasPlenty);

        var more = await api.DeliverAsync(other);
        var delivery = await api.DeliverAsync(neighbour);

        await Eventually.HoldsAsync(() => IsClaimedAsync(delivery), "It was not claimed.");
        Assert.That(await IsClaimedAsync(more), Is.False, "who has plenty waiting is given more");
        receiver.Answers(200);
        turns.Release();
    }

    [Test]
    public async Task A_rotation_on_one_process_re_keys_another_before_any_permit_has_run_out()
    {
        await StartDispatcherAsync();
        using var hold = dispatcher!.Get<Permits>().HoldFresh(webhook.WorkspaceId);
        var before = (await hold.GetAsync(CancellationToken.None))!.Value;

        var rotation = api.SendAsync(new RotateWebhookSecretCommand(Actor.System(webhook.WorkspaceId), webhook.Id.Value, new()));
        await Eventually.HoldsAsync(() => hold.Latest?.Snapshot.Epoch > before.Snapshot.Epoch);

        Assert.That(rotation.IsCompleted, Is.False, "the barrier waits for a lifetime all the same");
        Assert.That(dispatcher.Get<EpochGate>().IsOpen(webhook.WorkspaceId, before.ReadStarted), Is.False);
        var delivery = await api.DeliverAsync(webhook);
        await api.BecomesAsync(delivery, DeliveryState.Succeeded);
        var secret = (await rotation).Value!.Secret;
        SignedBy.Assert(receiver.Requests.Single(), secret);
        Assert.That(receiver.Bytes, Has.All.Positive, "a permit was refused when the connection stood");
    }

    [Test]
    public async Task Who_speaks_does_not_listen_to_itself()
    {
        await StartDispatcherAsync();
        var workspace = webhook.WorkspaceId;
        var read = TimeProvider.System.GetTimestamp();
        api.Get<IBackplane>().Publish(new WorkspaceRekeyed(workspace, 99));

        await Eventually.HoldsAsync(() => !dispatcher!.Get<EpochGate>().IsOpen(workspace, read));
        await using var somebody = await redis.ConnectAsync();
        await somebody.GetSubscriber().PingAsync();
        Assert.That(api.Get<EpochGate>().IsOpen(workspace, read), Is.True);
    }

    [Test]
    public async Task What_is_no_message_is_ignored_and_what_is_one_is_still_heard()
    {
        await StartDispatcherAsync();
        await using var somebody = await redis.ConnectAsync();
        var channel = RedisChannel.Literal("framelane:backplane");
        foreach (var junk in (RedisValue[])["", "1", "1 x epoch ws_1 1", "2 x deliveries", new byte[1_000_000], "1 x restart", "\0\0"])
            await somebody.GetSubscriber().PublishAsync(channel, junk);

        await api.BecomesAsync(await api.DeliverAsync(webhook), DeliveryState.Succeeded);
        Assert.That(dispatcher!.Log.Lines, Has.None.StartsWith("Warning").And.None.StartsWith("Error"));
    }

    [Test]
    public async Task No_message_holds_a_secret_and_many_commits_are_few_messages()
    {
        await using var somebody = await redis.ConnectAsync();
        List<string> heard = [];
        await somebody.GetSubscriber().SubscribeAsync(RedisChannel.Literal("framelane:backplane"), (_, text) =>
        {
            lock (heard)
                heard.Add(text!);
        });

        var signal = api.Get<IDispatchSignal>();
        for (var i = 0; i < 1000; i++)
            signal.Wake();
        await api.SendAsync(new RotateWebhookSecretCommand(Actor.System(webhook.WorkspaceId), webhook.Id.Value, new()));
        await Eventually.HoldsAsync(() =>
        {
            lock (heard)
                return heard.Any(text => text.Contains(" epoch ", StringComparison.Ordinal));
        });

        lock (heard)
        {
            Assert.That(heard, Has.All.Matches<string>(text => BackplaneMessage.TryRead(text) is not null));
            Assert.That(heard.Count(text => text.EndsWith(" deliveries", StringComparison.Ordinal)), Is.InRange(1, 100));
        }
    }

    /// <summary>One that has looked for work, and does not look again by itself.</summary>
    async Task StartDispatcherAsync(params (string, string)[] settings)
    {
        dispatcher = await StartAsync("dispatcher", node => node.Get<Dispatcher>().AnnouncedPollInterval = Never, settings);
        var connected = TimeProvider.System.GetTimestamp();
        dispatcher.Get<IDispatchSignal>().Wake();
        await Eventually.HoldsAsync(() => dispatcher.Get<Dispatcher>().LastLook > connected);
    }

    Task<bool> IsClaimedAsync(Delivery delivery) => api.ReadAsync(db => db.Deliveries.AnyAsync(row => row.Id == delivery.Id && row.Fence > 0));

    async Task<DispatchHost> StartAsync(string role, Action<DispatchHost>? prepare = null, params (string, string)[] settings)
    {
        var host = await DispatchHost.StartAsync(
            database, prepare ?? (_ => { }), [("Framelane:Roles", role), ("Framelane:Redis:ConnectionString", redis.ConnectionString), .. settings]);
        await Eventually.HoldsAsync(() => host.Get<IBackplane>().IsConnected);
        return host;
    }
}
