using Framelane.Application.Abstractions;
using Framelane.Application.Webhooks.Delete;
using Framelane.Application.Webhooks.Disable;
using Framelane.Application.Webhooks.Test;
using Framelane.Application.Webhooks.Update;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using EventId = Framelane.Domain.Events.EventId;

namespace Framelane.Infrastructure.Tests.Dispatch;

/// <summary>What becomes of endpoints that fail, are gone, disabled or deleted, and of what was to be sent to them.</summary>
public sealed class EndpointHealthTests : DispatcherTests
{
    const string Address = "owner@example.com";

    readonly SemaphoreSlim turns = new(0);

    [Test]
    public async Task An_endpoint_that_answers_410_is_disabled_at_once()
    {
        Receiver.Answers(410);
        await StartAsync(PerEndpoint(1));
        await GiveAddressAsync();
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        var deliveries = await Host.DeliverManyAsync(webhook, 3);

        await IsDisabledAsync(webhook, DisabledReasons.Gone);

        var first = (await Host.AttemptsAsync(deliveries[0], 1))[0];
        Assert.That((first.Status, first.StatusCode, first.NextRetryAt), Is.EqualTo((AttemptStatus.DeadLettered, 410, (DateTimeOffset?)null)));
        Assert.That((await Host.StoredAsync(deliveries[0])).State, Is.EqualTo(DeliveryState.DeadLettered));
        Assert.That(await MailAsync(), Does.Contain(webhook.Id.Value).And.Contain("410 Gone"));
    }

    [Test]
    public async Task An_endpoint_that_has_moved_is_not_disabled_by_the_410_of_its_former_address()
    {
        using var moved = new Receiver();
        Receiver.OnRequest = async (_, stream) =>
        {
            await turns.WaitAsync();
            await Receiver.AnswerAsync(stream, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
        };
        await StartAsync(PerEndpoint(1));
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        var gone = await Host.AddWebhookAsync(Receiver.Url + "/gone");
        var deliveries = await Host.DeliverManyAsync(webhook, 3);
        await Eventually.HoldsAsync(() => Receiver.Running == 1);
        await Host.DeliverAsync(gone);
        await Eventually.HoldsAsync(() => Receiver.Running == 2);

        await Host.SendAsync(new UpdateWebhookCommand(await ActorAsync(), webhook.Id.Value, new() { Url = new(moved.Url) }));
        turns.Release();
        foreach (var delivery in deliveries)
            await Host.AttemptsAsync(delivery, 1);

        // One is disabled after the other: by then the earlier answer has been dealt with.
        turns.Release();
        await IsDisabledAsync(gone, DisabledReasons.Gone);
        Assert.That((await Host.StoredAsync(webhook)).Enabled);
        Assert.That(moved.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task An_endpoint_whose_attempts_have_all_failed_for_5_days_is_disabled_with_a_mail()
    {
        Receiver.Answers(500);
        await StartAsync();
        await GiveAddressAsync();
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        await FailAsync(webhook);
        var since = (await Host.StoredAsync(webhook)).FailingSince;
        Assert.That(since, Is.Not.Null);

        Host.Clock.Advance(since!.Value + TimeSpan.FromDays(5) - TimeSpan.FromMinutes(1) - Host.Clock.GetUtcNow());
        await FailAsync(webhook);
        Assert.That((await Host.StoredAsync(webhook)).Enabled);

        Host.Clock.Advance(TimeSpan.FromMinutes(2));
        await FailAsync(webhook);
        await IsDisabledAsync(webhook, DisabledReasons.Failing);
        Assert.That(await MailAsync(), Does.Contain(webhook.Id.Value).And.Contain(Address));
    }

    [Test]
    public async Task What_fails_of_disabling_repeats_nothing_and_holds_up_no_result()
    {
        Receiver.Answers(500);
        await StartAsync(Attempts(1));
        var settings = Host.Get<IOptions<WebhooksOptions>>().Value;
        settings.DisableAfter = TimeSpan.MaxValue;
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        await FailAsync(webhook);
        await FailAsync(webhook);
        Assert.That(Host.Log.Lines, Has.None.Contains("could not be recorded"));
        Assert.That((await Host.StoredAsync(webhook)).Enabled);

        settings.DisableAfter = TimeSpan.FromTicks(1);
        await Eventually.HoldsAsync(
            async () =>
            {
                await Host.DeliverAsync(webhook);
                return (await Host.StoredAsync(webhook)).DisabledReason == DisabledReasons.Failing;
            },
            "Later attempts did not have it disabled.");
    }

    [Test]
    public async Task A_success_begins_the_count_anew()
    {
        Receiver.Answers(500, 200, 500);
        await StartAsync(Attempts(1));
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        await FailAsync(webhook);
        Host.Clock.Advance(TimeSpan.FromDays(4));
        await Host.BecomesAsync(await Host.DeliverAsync(webhook), DeliveryState.Succeeded);
        Assert.That((await Host.StoredAsync(webhook)).FailingSince, Is.Null);

        Host.Clock.Advance(TimeSpan.FromDays(4));
        await FailAsync(webhook);

        var stored = await Host.StoredAsync(webhook);
        Assert.That(stored.Enabled);
        Assert.That(stored.FailingSince, Is.EqualTo(Host.Clock.GetUtcNow()).Within(TimeSpan.FromMinutes(5)));
        Assert.That(stored.LastDeliveryAt, Is.EqualTo(stored.FailingSince));
    }

    [Test]
    public async Task What_waits_for_an_endpoint_that_is_disabled_is_dead_and_not_sent()
    {
        var (webhook, deliveries) = await HoldOneAsync();

        await Host.SendAsync(new DisableWebhookCommand(webhook.WorkspaceId, webhook.Id, DisabledReasons.Gone, null, null));

        await OthersBecomeAsync(deliveries, DeliveryState.EndpointDisabled);
    }

    [Test]
    public async Task What_waits_for_an_endpoint_that_is_deleted_is_cancelled_and_not_sent()
    {
        var (webhook, deliveries) = await HoldOneAsync();

        await Host.SendAsync(new DeleteWebhookCommand(await ActorAsync(), webhook.Id.Value));

        await OthersBecomeAsync(deliveries, DeliveryState.Cancelled);
    }

    [TestCase(500)]
    [TestCase(410)]
    public async Task A_ping_is_made_once_and_counts_for_nothing(int status)
    {
        Receiver.Answers(status);
        await StartAsync(Attempts(3));
        var webhook = await Host.AddWebhookAsync(Receiver.Url);

        var answer = (await Host.SendAsync(new TestWebhookCommand(await ActorAsync(), webhook.Id.Value))).Value!;

        Assert.That((answer.Status, answer.StatusCode, answer.NextRetryAt, answer.EventType), Is.EqualTo((AttemptStatus.DeadLettered, status, (DateTimeOffset?)null, "webhook.ping")));
        var ping = await Host.ReadAsync(db => db.Deliveries.AsNoTracking().SingleAsync());
        Assert.That((ping.State, ping.OneShot), Is.EqualTo((DeliveryState.DeadLettered, true)));

        // Whatever would be retried would be so before this one ends.
        Receiver.Answers(200);
        await Host.BecomesAsync(await Host.DeliverAsync(webhook), DeliveryState.Succeeded);
        Assert.That(await Host.AttemptsAsync(ping), Has.Count.EqualTo(1));
        Assert.That(Receiver.Requests, Has.Count.EqualTo(2));
        var stored = await Host.StoredAsync(webhook);
        Assert.That((stored.Enabled, stored.FailingSince), Is.EqualTo((true, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task A_ping_whose_webhook_is_disabled_or_deleted_before_it_is_sent_is_not([Values] bool deleted, [Values] bool atTheLastMoment)
    {
        await StartAsync();
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        var now = Host.Clock.GetUtcNow();
        var happened = WebhookEvent.Create(EventId.New(now), webhook.WorkspaceId, "webhook.ping", null, 1, [1], now);
        var ping = Delivery.ToWebhook(happened, webhook, oneShot: true, now);
        ping.LeaseToMaker(TimeSpan.FromSeconds(30));
        await Host.WriteAsync(db => db.AddRangeAsync(happened, ping));
        var actor = await ActorAsync();

        // Whoever sends it looks at the clock when it has found it, and before it asks for a permit.
        var isSending = new AsyncLocal<bool>();
        Host.Clock.OnRead = () =>
        {
            if (!isSending.Value)
                return;
            isSending.Value = false;
            ChangeAsync().GetAwaiter().GetResult();
        };
        if (!atTheLastMoment)
            await ChangeAsync();
        isSending.Value = atTheLastMoment;

        Assert.That(await Host.Get<IPingSender>().SendAsync(new(webhook.WorkspaceId, ping.Id.Value, ping.Fence), CancellationToken.None), Is.Null);
        Assert.That(Receiver.Requests, Is.Empty);

        Task ChangeAsync() => deleted
            ? Host.SendAsync(new DeleteWebhookCommand(actor, webhook.Id.Value))
            : Host.SendAsync(new UpdateWebhookCommand(actor, webhook.Id.Value, new() { Enabled = new(false) }));
    }

    [Test]
    public async Task A_ping_that_succeeds_does_not_hide_that_an_endpoint_fails()
    {
        Receiver.Answers(500, 200);
        await StartAsync(Attempts(1));
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        await FailAsync(webhook);
        var answer = (await Host.SendAsync(new TestWebhookCommand(await ActorAsync(), webhook.Id.Value))).Value!;

        Assert.That(answer.Status, Is.EqualTo(AttemptStatus.Succeeded));
        Assert.That((await Host.StoredAsync(webhook)).FailingSince, Is.Not.Null);
    }

    [Test]
    public async Task A_ping_whose_maker_died_is_sent_once_after_its_lease()
    {
        await StartAsync();
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        var ping = (await Host.DeliverManyAsync(
            webhook.WorkspaceId,
            happened =>
            {
                var made = Delivery.ToWebhook(happened, webhook, oneShot: true, Host.Clock.GetUtcNow());
                made.LeaseToMaker(TimeSpan.FromSeconds(30));
                return made;
            },
            1))[0];
        await Host.BecomesAsync(await Host.DeliverAsync(webhook), DeliveryState.Succeeded);
        Assert.That(await Host.AttemptsAsync(ping), Is.Empty);

        Host.Clock.Advance(TimeSpan.FromSeconds(30));

        await Host.BecomesAsync(ping, DeliveryState.Succeeded);
        Assert.That(Receiver.Requests, Has.Count.EqualTo(2));
    }

    /// <summary>An endpoint that takes one at a time and is at work on the first of five.</summary>
    async Task<(Webhook Webhook, Delivery[] Deliveries)> HoldOneAsync()
    {
        Receiver.WaitsFor(turns);
        await StartAsync(PerEndpoint(1));
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        var deliveries = await Host.DeliverManyAsync(webhook, 5);
        await Eventually.HoldsAsync(() => Receiver.Running == 1);
        return (webhook, deliveries);
    }

    /// <summary>That the attempt which ran ended as it did, and that no other was made.</summary>
    async Task OthersBecomeAsync(Delivery[] deliveries, DeliveryState state)
    {
        var running = deliveries.Single(delivery => Receiver.Requests[0]["Framelane-Delivery"] == delivery.Id.Value);
        foreach (var delivery in deliveries.Except([running]))
            Assert.That((await Host.StoredAsync(delivery)).State, Is.EqualTo(state));
        turns.Release(deliveries.Length);
        await Host.BecomesAsync(running, DeliveryState.Succeeded);

        // All that was claimed comes to its turn before this one.
        await Host.BecomesAsync(await Host.DeliverAsync(await Host.AddWebhookAsync(Receiver.Url + "/other")), DeliveryState.Succeeded);
        Assert.That(Receiver.Requests, Has.Count.EqualTo(2));
        foreach (var delivery in deliveries.Except([running]))
            Assert.That((await Host.StoredAsync(delivery)).State, Is.EqualTo(state));
    }

    async Task FailAsync(Webhook webhook)
    {
        var delivery = await Host.DeliverAsync(webhook);
        await Host.AttemptsAsync(delivery, 1);
    }

    async Task IsDisabledAsync(Webhook webhook, string reason)
    {
        await Eventually.HoldsAsync(async () => !(await Host.StoredAsync(webhook)).Enabled, "The webhook was not disabled.");
        Assert.That((await Host.StoredAsync(webhook)).DisabledReason, Is.EqualTo(reason));
        Assert.That(await Host.ReadAsync(db => db.Deliveries.CountAsync(row => row.State == DeliveryState.Pending)), Is.Zero);
    }

    async Task GiveAddressAsync() =>
        await Host.ReadAsync(db => db.Workspaces.ExecuteUpdateAsync(row => row.SetProperty(workspace => workspace.Email, Address)));

    async Task<string> MailAsync()
    {
        await Host.Get<MailSender>().SendDueAsync(CancellationToken.None);
        var outbox = Path.Combine(Database.Folder, FolderTransport.Name);
        await Eventually.HoldsAsync(() => Directory.Exists(outbox) && Directory.GetFiles(outbox, "*.eml").Length == 1, "There is not one mail.");
        return await File.ReadAllTextAsync(Directory.GetFiles(outbox, "*.eml")[0]);
    }
}
