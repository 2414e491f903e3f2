using System.Linq.Expressions;
using System.Net;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Infrastructure.Dispatch;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>The dispatcher's own life: it starts and stops, dies, and is never stuck by a receiver.</summary>
public sealed class DispatcherLifeTests : DispatcherTests
{
    const int Count = 8;

    readonly SemaphoreSlim turns = new(0);

    [Test]
    public async Task A_stop_lets_attempts_end_and_gives_the_rest_back()
    {
        Receiver.WaitsFor(turns);
        await StartAsync(PerEndpoint(2));
        var deliveries = await Host.DeliverManyAsync(await Host.AddWebhookAsync(Receiver.Url), Count);
        await Eventually.HoldsAsync(() => Receiver.Running == 2);
        await Eventually.HoldsAsync(async () => await CountAsync(row => row.Fence > 0) > 2, "Nothing was claimed ahead, so there is nothing to give back.");

        var stopping = Host.StopAsync();
        await Eventually.HoldsAsync(async () =>
        {
            var asOf = Host.Clock.GetUtcNow();
            return await CountAsync(row => row.State == DeliveryState.Pending && row.ClaimableAt <= asOf) == Count - 2;
        });
        turns.Release(2);
        await stopping.InTimeAsync();

        var now = Host.Clock.GetUtcNow();
        Assert.That(await CountAsync(row => row.State == DeliveryState.Succeeded), Is.EqualTo(2));
        Assert.That(await CountAsync(row => row.State == DeliveryState.Pending && row.ClaimableAt <= now && row.AttemptNumber == 1), Is.EqualTo(Count - 2));
        Assert.That(Receiver.Requests, Has.Count.EqualTo(2));

        turns.Release(Count);
        await using var next = await DispatchHost.StartAsync(Database);
        foreach (var delivery in deliveries)
            await next.BecomesAsync(delivery, DeliveryState.Succeeded);
        Assert.That(Receiver.Requests, Has.Count.EqualTo(Count));
    }

    [Test]
    public async Task What_does_not_end_in_time_is_given_back_however_often_it_is_told_to_stop()
    {
        Receiver.WaitsFor(turns);
        await StartAsync();
        var dispatcher = Host.Get<Dispatcher>();
        dispatcher.DrainTime = TimeSpan.FromSeconds(1);
        var delivery = await Host.DeliverAsync(await Host.AddWebhookAsync(Receiver.Url));
        await Eventually.HoldsAsync(() => Receiver.Running == 1);

        // As the host does: first of all, and once more when the server has stopped.
        await Eventually.HoldsAsync(
            async () =>
            {
                await dispatcher.StoppingAsync(CancellationToken.None);
                return await Host.StoredAsync(delivery) is { State: DeliveryState.Pending } stored && stored.ClaimableAt <= Host.Clock.GetUtcNow();
            },
            "It was waited for anew each time.");
        turns.Release();
    }

    [Test]
    public async Task A_body_of_any_length_arrives()
    {
        var body = new byte[300_000];
        Random.Shared.NextBytes(body);
        await StartAsync();
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        var now = Host.Clock.GetUtcNow();
        var happened = WebhookEvent.Create(EventId.New(now), webhook.WorkspaceId, "render.completed", null, 1, body, now);
        var delivery = Delivery.ToWebhook(happened, webhook, oneShot: false, now);
        await Host.WriteAsync(db => db.AddRangeAsync(happened, delivery));

        await Host.BecomesAsync(delivery, DeliveryState.Succeeded);

        Assert.That(Receiver.Requests.Single().Body, Is.EqualTo(body));
    }

    [Test]
    public async Task What_has_no_event_any_more_is_cancelled_and_stops_nobody()
    {
        Receiver.WaitsFor(turns);
        await StartAsync(PerEndpoint(1));
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        var first = await Host.DeliverAsync(webhook);
        await Eventually.HoldsAsync(() => Receiver.Running == 1);
        var now = Host.Clock.GetUtcNow();
        var happened = WebhookEvent.Create(EventId.New(now), webhook.WorkspaceId, "render.completed", null, 1, new byte[ClaimedDelivery.MaxBodyAhead + 1], now);
        var delivery = Delivery.ToWebhook(happened, webhook, oneShot: false, now);
        await Host.WriteAsync(db => db.AddRangeAsync(happened, delivery));
        await Eventually.HoldsAsync(async () => (await Host.StoredAsync(delivery)).Fence > 0, "It was not claimed.");

        await Host.WriteAsync(db => db.Events.Where(row => row.Id == happened.Id).ExecuteDeleteAsync());
        turns.Release(2);

        await Host.BecomesAsync(delivery, DeliveryState.Cancelled);
        await Host.BecomesAsync(first, DeliveryState.Succeeded);
        Assert.That(Host.Log.Lines, Has.None.Contains("could not be made"));
    }

    [Test]
    public async Task A_stop_is_no_failure_to_the_host()
    {
        await StartAsync();
        await Host.StopAsync();
        Assert.That(Host.Log.Lines, Has.None.Contains("BackgroundService failed"));
    }

    [Test]
    public async Task What_a_process_that_died_had_claimed_is_sent_by_another_after_the_lease()
    {
        Receiver.WaitsFor(turns);
        await StartAsync(PerEndpoint(2));
        var deliveries = await Host.DeliverManyAsync(await Host.AddWebhookAsync(Receiver.Url), 2);
        await Eventually.HoldsAsync(() => Receiver.Running == 2);

        // The first process still believes that it is at work when the other takes over.
        await using var other = await DispatchHost.StartAsync(Database);
        other.Clock.Advance(TimeSpan.FromMinutes(3));
        await Eventually.HoldsAsync(() => Receiver.Running == 4);
        turns.Release(4);
        foreach (var delivery in deliveries)
            await other.BecomesAsync(delivery, DeliveryState.Succeeded);

        await Host.StopAsync();
        foreach (var delivery in deliveries)
            Assert.That(await Host.AttemptsAsync(delivery), Has.Count.EqualTo(1));
        Assert.That(Host.Log.Lines.Concat(other.Log.Lines).Any(line => line.Contains("lease had passed")));
    }

    [Test]
    public async Task What_was_written_while_nobody_looked_is_found()
    {
        await StartAsync();
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        await Host.StopAsync();
        var deliveries = await Host.DeliverManyAsync(webhook, Count);
        Assert.That(Receiver.Bytes, Is.Empty);

        await using var next = await DispatchHost.StartAsync(Database);
        foreach (var delivery in deliveries)
            await next.BecomesAsync(delivery, DeliveryState.Succeeded);
    }

    [Test]
    public async Task Bad_receivers_fail_with_a_reason_and_keep_nobody_waiting()
    {
        using Receiver hangs = new(), streams = new(), garbage = new(), closes = new();
        hangs.OnRequest = (_, _) => Task.Delay(Timeout.Infinite);
        streams.OnRequest = async (_, stream) =>
        {
            await Receiver.AnswerAsync(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            while (true)
                await Receiver.AnswerAsync(stream, $"{1024:x}\r\n{new string('e', 1024)}\r\n");
        };
        garbage.Answers("no HTTP\r\n\r\n");
        closes.OnConnect = socket =>
        {
            socket.Dispose();
            return Task.CompletedTask;
        };
        await StartAsync([.. Attempts(2), OneSecond, PerEndpoint(2)]);
        Dictionary<string, Delivery> bad = [];
        foreach (var (reason, url) in new Dictionary<string, string>
        {
            ["timeout"] = hangs.Url,
            ["response_too_large"] = streams.Url,
            ["invalid_response"] = garbage.Url,
            ["connection_closed"] = closes.Url,
            ["forbidden_target"] = $"http://127.0.0.2:{Receiver.Port}/",
            ["name_not_resolved"] = "http://nowhere.test/",
        })
            bad[reason] = (await Host.DeliverManyAsync(await Host.AddWebhookAsync(url), 4))[^1];
        var good = await Host.DeliverManyAsync(await Host.AddWebhookAsync(Receiver.Url), 50);

        foreach (var delivery in good)
            await Host.BecomesAsync(delivery, DeliveryState.Succeeded);
        foreach (var (reason, delivery) in bad)
        {
            await Host.BecomesAsync(delivery, DeliveryState.DeadLettered);
            var attempts = await Host.AttemptsAsync(delivery);
            Assert.That(attempts.Select(attempt => (attempt.FailureReason, attempt.StatusCode)), Is.EqualTo([(reason, (int?)null), (reason, null)]));
        }

        Assert.That((await Host.AttemptsAsync(bad["forbidden_target"])).Select(attempt => attempt.ResponseBody), Is.All.Null);
        Assert.That(Receiver.Requests, Has.Count.EqualTo(50));
    }

    [Test]
    public async Task A_name_that_moves_to_a_forbidden_address_is_not_followed_there()
    {
        Receiver.Answers("HTTP/1.1 500 X\r\nConnection: close\r\nContent-Length: 6\r\n\r\npublic");
        using var inside = new Receiver(address: IPAddress.Parse("127.0.0.2"), port: Receiver.Port);
        await StartAsync(Attempts(2));
        Host.NameServer.InTurn("rebind.test", ["127.0.0.1"], ["127.0.0.2"]);
        var delivery = await Host.DeliverAsync(await Host.AddWebhookAsync($"http://rebind.test:{Receiver.Port}/"));

        await Host.BecomesAsync(delivery, DeliveryState.DeadLettered);

        var attempts = await Host.AttemptsAsync(delivery);
        Assert.That(
            attempts.Select(attempt => (attempt.StatusCode, attempt.FailureReason, attempt.ResponseBody)),
            Is.EqualTo([((int?)500, (string?)null, (string?)"public"), (null, "forbidden_target", null)]));
        Assert.That(inside.Bytes, Is.Empty);
    }

    Task<int> CountAsync(Expression<Func<Delivery, bool>> rows) => Host.ReadAsync(db => db.Deliveries.CountAsync(rows));
}
