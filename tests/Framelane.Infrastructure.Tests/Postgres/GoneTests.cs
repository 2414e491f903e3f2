using Framelane.Application.Webhooks.Update;
using Framelane.Domain.Audit;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Tests.Dispatch;
using Framelane.Infrastructure.Tests.Persistence;
using EventId = Framelane.Domain.Events.EventId;

namespace Framelane.Infrastructure.Tests.Postgres;

/// <summary>A webhook that answers 410 has much waiting, and that takes long to end.</summary>
public sealed class GoneTests
{
    const string Gone = "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n";

    [Test]
    public async Task Others_are_disabled_meanwhile_and_who_enables_it_again_is_not_overruled_by_what_it_answered_before()
    {
        using var database = new PostgresDatabase();
        using var turns = new SemaphoreSlim(0);
        using var receiver = new Receiver();
        using var others = new Receiver().Answers(410);
        receiver.OnRequest = async (_, stream) =>
        {
            await turns.WaitAsync();
            await Receiver.AnswerAsync(stream, Gone);
        };
        await using var outside = new TestHost(database);
        await using var host = await DispatchHost.StartAsync(database);
        var webhook = await host.AddWebhookAsync(receiver.Url);
        await host.DeliverManyAsync(webhook, 2);
        await Eventually.HoldsAsync(() => receiver.Running == 2);
        var last = await AddWaitingAsync(host, webhook, 3000);

        await using var slice = await database.HoldAsync("SELECT 1 FROM deliveries WHERE id = $1 FOR UPDATE", last.Id.Value);
        turns.Release(2);
        await outside.AreAwaitedAsync();
        await IsGoneAsync(host, await host.AddWebhookAsync(others.Url, await host.AddWorkspaceAsync()));
        var enabling = host.SendAsync(new UpdateWebhookCommand(Actor.System(webhook.WorkspaceId), webhook.Id.Value, new() { Enabled = new(true) }));
        await outside.AreAwaitedAsync(2);
        await slice.LetGoAsync();
        Assert.That((await enabling.InTimeAsync()).IsSuccess);

        // One is disabled after the other: by then what it answered before has been dealt with.
        await IsGoneAsync(host, await host.AddWebhookAsync(others.Url, await host.AddWorkspaceAsync()));
        Assert.That((await host.StoredAsync(webhook)).Enabled);

        turns.Release();
        await IsGoneAsync(host, webhook);
    }

    /// <returns>The last that ends with the webhook.</returns>
    static async Task<Delivery> AddWaitingAsync(DispatchHost host, Webhook webhook, int count)
    {
        var (now, later) = (host.Clock.GetUtcNow(), host.Clock.GetUtcNow().AddHours(1));
        var happened = WebhookEvent.Create(EventId.New(now), webhook.WorkspaceId, "render.completed", null, 1, [1], now);
        var waiting = Enumerable.Range(0, count).Select(i => Delivery.ToWebhook(happened, webhook, oneShot: false, later.AddMilliseconds(i))).ToArray();
        await host.WriteAsync(db => db.AddRangeAsync([happened, .. waiting]));
        return waiting[^1];
    }

    static async Task IsGoneAsync(DispatchHost host, Webhook webhook)
    {
        await host.DeliverAsync(webhook);
        await Eventually.HoldsAsync(async () => (await host.StoredAsync(webhook)).DisabledReason == DisabledReasons.Gone, "It was not disabled.");
    }
}
