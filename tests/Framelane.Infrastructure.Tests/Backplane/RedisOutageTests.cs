using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Backplane;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Tests.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using StackExchange.Redis;

namespace Framelane.Infrastructure.Tests.Backplane;

/// <summary>Losing Redis, or getting it back, loses nothing and stalls nothing beyond the polling interval.</summary>
public sealed class RedisOutageTests
{
    const int Messages = 100;

    readonly SqliteDatabase database = new();
    readonly RedisServer redis = new();
    readonly Receiver receiver = new();
    DispatchHost api = null!;
    DispatchHost dispatcher = null!;
    Webhook webhook = null!;

    [SetUp]
    public async Task Start()
    {
        api = await StartAsync("api");

        // While there is nobody else whose permits it would have to wait for.
        webhook = await api.AddWebhookAsync(receiver.Url);
        dispatcher = await StartAsync("dispatcher");
        await ConnectedAsync(true);
    }

    [TearDown]
    public async Task Stop()
    {
        await api.DisposeAsync();
        await dispatcher.DisposeAsync();
        redis.Dispose();
        receiver.Dispose();
        database.Dispose();
    }

    [Test]
    public async Task A_Redis_that_dies_and_comes_back_while_events_flow_loses_none()
    {
        using var stop = new CancellationTokenSource();
        var flow = Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
                await api.DeliverAsync(webhook);
        });

        await DeliveredAsync(20);
        redis.Kill();
        await ConnectedAsync(false);
        await DeliveredAsync(receiver.Requests.Count + 20);
        await redis.RestartAsync();
        await ConnectedAsync(true);
        await DeliveredAsync(receiver.Requests.Count + 20);
        await stop.CancelAsync();
        await flow;

        await Eventually.HoldsAsync(() => api.ReadAsync(db => db.Deliveries.AllAsync(delivery => delivery.State == DeliveryState.Succeeded)));
    }

    [Test]
    public async Task What_comes_back_is_said_once_and_so_is_what_was_lost()
    {
        redis.Kill();
        await ConnectedAsync(false);
        await Eventually.HoldsAsync(() => LinesOf(api).Length == 2);
        await redis.RestartAsync();
        await ConnectedAsync(true);

        foreach (var host in (DispatchHost[])[api, dispatcher])
        {
            Assert.That(LinesOf(host).Select(line => line.Split(':')[0]), Is.EqualTo(["Information", "Warning", "Information"]));
            Assert.That(host.Log.Lines, Has.None.Contains(redis.Password));
        }
    }

    [Test]
    public async Task A_paused_Redis_delays_no_event_and_no_health_check()
    {
        redis.Pause();

        await api.BecomesAsync(await api.DeliverAsync(webhook), DeliveryState.Succeeded);
        await ConnectedAsync(false);
        Assert.That((await api.Get<HealthCheckService>().CheckHealthAsync().InTimeAsync()).Entries[RedisHealth.Name].Status, Is.EqualTo(HealthStatus.Degraded));

        redis.Resume();
        await ConnectedAsync(true);
        Assert.That((await api.Get<HealthCheckService>().CheckHealthAsync()).Entries[RedisHealth.Name].Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task A_return_wakes_the_dispatcher_and_closes_no_gate()
    {
        redis.Kill();
        await ConnectedAsync(false);
        dispatcher.Get<Dispatcher>().PollInterval = TimeSpan.FromHours(1);
        dispatcher.Get<Dispatcher>().AnnouncedPollInterval = TimeSpan.FromHours(1);
        var looked = dispatcher.Get<Dispatcher>().LastLook;
        await Eventually.HoldsAsync(() => dispatcher.Get<Dispatcher>().LastLook != looked);
        using var hold = dispatcher.Get<Permits>().HoldFresh(webhook.WorkspaceId);
        var permit = (await hold.GetAsync(CancellationToken.None))!.Value;
        var delivery = await api.DeliverAsync(webhook);

        await redis.RestartAsync();
        await ConnectedAsync(true);

        await api.BecomesAsync(delivery, DeliveryState.Succeeded);
        Assert.That(permit.Snapshot.Epoch, Is.EqualTo(hold.Latest!.Value.Snapshot.Epoch));
    }

    /// <remarks>Each probe says anew what is wrong.</remarks>
    [Test]
    public async Task A_Redis_that_starts_late_is_connected_to_once_and_heard_once()
    {
        redis.Kill();
        await using var late = await StartAsync("dispatcher", ",name=late,connectTimeout=200");
        var connection = late.Get<RedisConnection>();
        for (var i = 0; i < 4; i++)
        {
            var fault = connection.Fault;
            await Eventually.HoldsAsync(() => !ReferenceEquals(connection.Fault, fault));
        }

        await redis.RestartAsync();
        await ConnectedAsync(true);
        await Eventually.HoldsAsync(() => connection.IsUsable);

        await using var somebody = await redis.ConnectAsync();
        var clients = await somebody.GetServers().Single().ClientListAsync();
        Assert.That(clients.Count(client => client.Name == "late"), Is.EqualTo(clients.Count(client => client.Name == "framelane") / 2));
        var (listener, channel, message) = (late.Get<BackplaneListener>(), RedisChannel.Literal("framelane:backplane"), new DeliveriesWritten().Write("somebody"));
        var heard = listener.Heard;
        for (var i = 0; i < Messages; i++)
            Assert.That(await somebody.GetSubscriber().PublishAsync(channel, message), Is.EqualTo(3), "one for each process");
        await Eventually.HoldsAsync(() => listener.Heard >= heard + Messages);
        await late.StopAsync();
        Assert.That(listener.Heard, Is.EqualTo(heard + Messages));
    }

    static string[] LinesOf(DispatchHost host) => [.. host.Log.Lines.Where(line => line.Contains(": Redis is ", StringComparison.Ordinal))];

    Task ConnectedAsync(bool expected) => Eventually.HoldsAsync(
        () => api.Get<IBackplane>().IsConnected == expected && dispatcher.Get<IBackplane>().IsConnected == expected, $"Connected did not become {expected}.");

    Task DeliveredAsync(int count) => Eventually.HoldsAsync(() => receiver.Requests.Count >= count);

    Task<DispatchHost> StartAsync(string role, string more = "") => DispatchHost.StartAsync(
        database, _ => { }, ("Framelane:Roles", role), ("Framelane:Redis:ConnectionString", redis.ConnectionString + more));
}
