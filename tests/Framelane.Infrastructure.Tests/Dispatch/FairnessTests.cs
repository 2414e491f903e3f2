using System.Collections.Concurrent;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>Order, bounds and turns: who is sent to when, judged by what arrives at the receivers and in which order.</summary>
public sealed class FairnessTests : DispatcherTests
{
    readonly SemaphoreSlim turns = new(0);

    [Test]
    public async Task The_events_of_a_job_go_out_one_after_the_other()
    {
        var arrived = new ConcurrentQueue<string>();
        Receiver.OnRequest = async (request, stream) =>
        {
            arrived.Enqueue(request.EventId);
            await Task.Yield();
            await Receiver.AnswerAsync(stream, Receiver.Ok);
        };
        await StartAsync();
        var deliveries = await Host.DeliverManyAsync(await Host.AddWebhookAsync(Receiver.Url), 12, "render_1");

        await Host.BecomesAsync(deliveries[^1], DeliveryState.Succeeded);

        Assert.That(arrived, Is.EqualTo(deliveries.Select(delivery => delivery.EventId.Value)));
        Assert.That(Receiver.Most, Is.EqualTo(1));
    }

    [Test]
    public async Task A_first_attempt_that_failed_lets_the_next_event_of_its_job_go()
    {
        Receiver.Answers(500, 200);
        await StartAsync();
        var deliveries = await Host.DeliverManyAsync(await Host.AddWebhookAsync(Receiver.Url), 3, "render_1");

        await Host.BecomesAsync(deliveries[2], DeliveryState.Succeeded);

        Assert.That(Receiver.Requests.Select(request => request.EventId), Is.EqualTo(deliveries.Select(delivery => delivery.EventId.Value)));
        Assert.That((await Host.StoredAsync(deliveries[0])).AttemptNumber, Is.EqualTo(2));
    }

    [Test]
    public async Task No_endpoint_gets_more_at_once_than_is_allowed()
    {
        Receiver.WaitsFor(turns);
        using var other = new Receiver();
        await StartAsync(PerEndpoint(3));
        var deliveries = await Host.DeliverManyAsync(await Host.AddWebhookAsync(Receiver.Url), 30);
        await Eventually.HoldsAsync(() => Receiver.Running == 3);

        // What is claimed ahead would have come to the receiver before this one ends.
        await Eventually.HoldsAsync(async () => await Host.ReadAsync(db => db.Deliveries.CountAsync(row => row.Fence > 0)) > 3);
        await Host.BecomesAsync(await Host.DeliverAsync(await Host.AddWebhookAsync(other.Url)), DeliveryState.Succeeded);
        Assert.That(Receiver.Running, Is.EqualTo(3));
        turns.Release(30);
        foreach (var delivery in deliveries)
            await Host.BecomesAsync(delivery, DeliveryState.Succeeded);
        Assert.That(Receiver.Most, Is.EqualTo(3));
        Assert.That(Receiver.Requests, Has.Count.EqualTo(30));
    }

    [Test]
    public async Task All_endpoints_together_get_no_more_at_once_than_is_allowed()
    {
        Receiver.WaitsFor(turns);
        await StartAsync(Overall(5), PerEndpoint(2));
        List<Delivery> deliveries = [];
        for (var i = 0; i < 4; i++)
            deliveries.AddRange(await Host.DeliverManyAsync(await Host.AddWebhookAsync($"{Receiver.Url}/{i}"), 8));

        await Eventually.HoldsAsync(() => Receiver.Running == 5);
        turns.Release(32);
        foreach (var delivery in deliveries)
            await Host.BecomesAsync(delivery, DeliveryState.Succeeded);
        Assert.That(Receiver.Most, Is.EqualTo(5));
        Assert.That(Receiver.Requests, Has.Count.EqualTo(32));
    }

    [Test]
    public async Task An_endpoint_that_never_answers_keeps_nobody_waiting()
    {
        Receiver.WaitsFor(turns);
        using var other = new Receiver();
        await StartAsync(Overall(4), PerEndpoint(2));
        await Host.DeliverManyAsync(await Host.AddWebhookAsync(Receiver.Url), 100);
        await Eventually.HoldsAsync(() => Receiver.Running == 2);

        var deliveries = await Host.DeliverManyAsync(await Host.AddWebhookAsync(other.Url), 50);
        foreach (var delivery in deliveries)
            await Host.BecomesAsync(delivery, DeliveryState.Succeeded);

        Assert.That(Receiver.Requests, Has.Count.EqualTo(2));
        Assert.That(Receiver.Running, Is.EqualTo(2));
    }

    [Test]
    public async Task A_receiver_that_never_answers_is_one_endpoint_however_many_urls_jobs_name_of_it()
    {
        Receiver.WaitsFor(turns);
        using var other = new Receiver();
        await StartAsync(Overall(16), PerEndpoint(2));
        await Host.DeliverManyAsync(
            await Host.FirstWorkspaceAsync(), happened => Delivery.ToUrl(happened, $"{Receiver.Url}/{happened.Id}", happened.CreatedAt), 40);
        await Eventually.HoldsAsync(() => Receiver.Running == 2);

        var deliveries = await Host.DeliverManyAsync(await Host.AddWebhookAsync(other.Url), 50);
        foreach (var delivery in deliveries)
            await Host.BecomesAsync(delivery, DeliveryState.Succeeded);

        Assert.That(Receiver.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_workspace_whose_endpoints_all_hang_keeps_no_other_waiting()
    {
        Receiver.WaitsFor(turns);
        using var other = new Receiver();
        await StartAsync(Overall(16), PerEndpoint(2));
        await AddHangingAsync();
        await Eventually.HoldsAsync(() => Receiver.Running == 14);

        var alone = await Host.DeliverAsync(await Host.AddWebhookAsync(other.Url, await Host.AddWorkspaceAsync()));

        await Host.BecomesAsync(alone, DeliveryState.Succeeded);
        Assert.That(Receiver.Requests, Has.Count.EqualTo(14));
    }

    /// <remarks>An attempt of the other's that ends lets each of the two start one.</remarks>
    [Test]
    public async Task A_workspace_whose_endpoints_all_hang_takes_over_no_place_that_another_still_needs()
    {
        using var never = new SemaphoreSlim(0);
        Receiver.WaitsFor(never);
        using var other = new Receiver();
        other.WaitsFor(turns);
        await StartAsync(Overall(16), PerEndpoint(2));
        await Host.DeliverManyAsync(await Host.AddWebhookAsync(other.Url, await Host.AddWorkspaceAsync()), 4);
        await Eventually.HoldsAsync(() => other.Running == 2);
        await AddHangingAsync();
        await Eventually.HoldsAsync(() => Receiver.Running == 13);
        await Eventually.HoldsAsync(() => Host.ReadAsync(db => db.Deliveries.AllAsync(row => row.Fence > 0)), "Not all were claimed.");

        turns.Release();

        await Eventually.HoldsAsync(() => Receiver.Running == 14 && other.Requests.Count == 3);
        turns.Release(3);
        await Eventually.HoldsAsync(() => other.Requests.Count == 4);
    }

    [Test]
    public async Task A_flood_in_one_workspace_lets_another_have_the_next_turn([Values] bool ofManyLanes)
    {
        Receiver.WaitsFor(turns);
        await StartAsync(Overall(2), PerEndpoint(2));
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        if (ofManyLanes)
            await DeliverToOriginsAsync(3000);
        else
            await Host.DeliverManyAsync(webhook, 300);
        await Eventually.HoldsAsync(() => Receiver.Running == 2);

        var alone = await AddToOtherWorkspaceAsync();

        await Eventually.HoldsAsync(async () => (await Host.StoredAsync(alone)).Fence > 0, "It was not even claimed.");
        await PassesAtMostAsync(3, alone);
    }

    [Test]
    public async Task A_flood_at_one_endpoint_lets_another_of_the_workspace_have_the_next_turn()
    {
        Receiver.WaitsFor(turns);
        await StartAsync(Overall(2), PerEndpoint(2));
        await Host.DeliverManyAsync(await Host.AddWebhookAsync(Receiver.Url), 300);
        await Eventually.HoldsAsync(() => Receiver.Running == 2);

        var alone = await Host.DeliverAsync(await Host.AddWebhookAsync($"{Receiver.Url}/other"));

        await Eventually.HoldsAsync(async () => (await Host.StoredAsync(alone)).Fence > 0, "It was not even claimed.");
        await PassesAtMostAsync(3, alone);
    }

    /// <summary>More lanes of one workspace than there are places.</summary>
    Task AddHangingAsync() => DeliverToOriginsAsync(40);

    /// <summary>All of them are the receiver's.</summary>
    async Task DeliverToOriginsAsync(int count)
    {
        var made = 0;
        await Host.DeliverManyAsync(
            await Host.FirstWorkspaceAsync(),
            happened =>
            {
                var name = $"receiver{++made}.test";
                Host.NameServer.Has(name, "127.0.0.1");
                return Delivery.ToUrl(happened, $"http://{name}:{Receiver.Port}/hook", happened.CreatedAt);
            },
            count);
    }

    async Task<Delivery> AddToOtherWorkspaceAsync()
    {
        Webhook webhook = await Host.AddWebhookAsync($"{Receiver.Url}/other", await Host.AddWorkspaceAsync());
        return await Host.DeliverAsync(webhook);
    }

    /// <summary>Frees one place after the other; so many more of the flood may come before it.</summary>
    async Task PassesAtMostAsync(int others, Delivery alone)
    {
        var before = Receiver.Requests.Count;
        for (var i = 1; i <= others + 1; i++)
        {
            turns.Release();
            await Eventually.HoldsAsync(() => Receiver.Requests.Count == before + i);
        }

        Assert.That(Receiver.Requests.Select(request => request.EventId), Does.Contain(alone.EventId.Value));
    }
}
