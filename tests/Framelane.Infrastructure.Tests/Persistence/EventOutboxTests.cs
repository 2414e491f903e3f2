using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Tests.Persistence;

[EveryDatabase]
public sealed class EventOutboxTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task An_event_and_its_deliveries_are_kept_with_the_change_that_they_tell_of()
    {
        var webhook = await AddWebhookAsync();
        await AppendAsync(NewEvent());
        var (happened, deliveries) = await StoredAsync();
        Assert.Multiple(() =>
        {
            Assert.That(happened.Single().Type, Is.EqualTo("render.completed"));
            Assert.That(deliveries.Single().EventId, Is.EqualTo(happened.Single().Id));
            Assert.That(deliveries.Single().WebhookId, Is.EqualTo(webhook.Id));
            Assert.That(deliveries.Single().Lane, Is.EqualTo(webhook.Id.Value));
            Assert.That(deliveries.Single().State, Is.EqualTo(DeliveryState.Pending));
            Assert.That(deliveries.Single().ClaimableAt, Is.EqualTo(Now).Within(TimeSpan.FromMilliseconds(1)), "due at once");
            Assert.That(deliveries.Single().Url, Is.Null, "where it goes is the webhook's, at the time of each attempt");
            Assert.That(Host.Signal.Wakes, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task They_are_rolled_back_with_it()
    {
        await AddWebhookAsync();
        var result = await Host.WriteAsync<int>(async (services, token) =>
        {
            await services.GetRequiredService<IEventOutbox>().AppendAsync(NewEvent(), token);
            return Error.Conflict("No.");
        });
        Assert.That(result.IsSuccess, Is.False);
        var (happened, deliveries) = await StoredAsync();
        Assert.That(happened, Is.Empty);
        Assert.That(deliveries, Is.Empty);
        Assert.That(Host.Signal.Wakes, Is.Zero);
    }

    [Test]
    public async Task Only_webhooks_of_that_workspace_that_asked_for_the_type_get_it()
    {
        var wants = await AddWebhookAsync(events: ["render.failed", "render.completed"]);
        await AddWebhookAsync(events: ["render.failed"]);
        await AddWebhookAsync(workspaceId: await AddWorkspaceAsync());
        await AppendAsync(NewEvent());
        var (_, deliveries) = await StoredAsync();
        Assert.That(deliveries.Select(delivery => delivery.WebhookId), Is.EqualTo(new[] { wants.Id }));
    }

    [Test]
    public async Task A_disabled_webhook_gets_a_dead_delivery_at_once()
    {
        var disabled = await AddWebhookAsync(enabled: false);
        var enabled = await AddWebhookAsync();
        await AppendAsync(NewEvent());
        var (_, deliveries) = await StoredAsync();
        Assert.That(
            deliveries.ToDictionary(delivery => delivery.WebhookId!.Value, delivery => delivery.State),
            Is.EquivalentTo(new Dictionary<Domain.Webhooks.WebhookId, DeliveryState>
            {
                [disabled.Id] = DeliveryState.EndpointDisabled,
                [enabled.Id] = DeliveryState.Pending,
            }));
    }

    [Test]
    public async Task A_job_s_own_url_takes_the_place_of_the_webhooks()
    {
        await AddWebhookAsync();
        await AppendAsync(NewEvent() with { WebhookUrl = "https://job.example.com/done" });
        var delivery = (await StoredAsync()).Deliveries.Single();
        Assert.Multiple(() =>
        {
            Assert.That(delivery.WebhookId, Is.Null);
            Assert.That(delivery.Url, Is.EqualTo("https://job.example.com/done"));
            Assert.That(delivery.Lane, Is.EqualTo(LaneKey.OfUrl(WorkspaceId, "https://job.example.com/done")));
        });
    }

    [Test]
    public async Task An_event_that_nobody_asked_for_is_no_error()
    {
        await AppendAsync(NewEvent());
        Assert.That((await StoredAsync()).Deliveries, Is.Empty);
    }

    [Test]
    public async Task The_body_is_stored_once_as_the_contract_has_it()
    {
        await AddWebhookAsync();
        await AddWebhookAsync();
        await AppendAsync(NewEvent() with { Data = new { Id = "render_1", ProgressPercent = 40, Name = "Zoë — 東京 🎬" } });
        var (events, deliveries) = await StoredAsync();
        var happened = events.Single();
        Assert.That(deliveries, Has.Count.EqualTo(2).And.All.Property(nameof(Delivery.EventId)).EqualTo(happened.Id));
        using var body = JsonDocument.Parse(happened.Body);
        Assert.Multiple(() =>
        {
            Assert.That(
                body.RootElement.EnumerateObject().Select(member => member.Name),
                Is.EqualTo(new[] { "id", "type", "created_at", "workspace_id", "sequence", "data", "metadata" }));
            Assert.That(body.RootElement.GetProperty("id").GetString(), Is.EqualTo(happened.Id.Value));
            Assert.That(body.RootElement.GetProperty("type").GetString(), Is.EqualTo("render.completed"));
            Assert.That(body.RootElement.GetProperty("created_at").GetString(), Does.EndWith("Z"));
            Assert.That(body.RootElement.GetProperty("created_at").GetDateTimeOffset(), Is.EqualTo(happened.CreatedAt));
            Assert.That(body.RootElement.GetProperty("workspace_id").GetString(), Is.EqualTo(WorkspaceId.Value));
            Assert.That(body.RootElement.GetProperty("sequence").GetInt32(), Is.EqualTo(3));
            Assert.That(body.RootElement.GetProperty("data").GetProperty("progress_percent").GetInt32(), Is.EqualTo(40));
            Assert.That(body.RootElement.GetProperty("data").GetProperty("name").GetString(), Is.EqualTo("Zoë — 東京 🎬"));
            Assert.That(body.RootElement.GetProperty("metadata").GetProperty("Order_ID").GetString(), Is.EqualTo("7"), "its keys are the caller's");
        });
    }

    [Test]
    public async Task A_ping_goes_to_the_one_webhook_whatever_it_asked_for_and_is_its_maker_s_for_a_while()
    {
        var webhook = await AddWebhookAsync(enabled: false);
        await AddWebhookAsync();
        var ticket = (await Host.WriteAsync<PingTicket>(async (services, token) =>
            await services.GetRequiredService<IEventOutbox>().AppendPingAsync(webhook, token))).Value;
        var delivery = (await StoredAsync()).Deliveries.Single();
        Assert.Multiple(() =>
        {
            Assert.That(delivery.WebhookId, Is.EqualTo(webhook.Id));
            Assert.That(delivery.EventType, Is.EqualTo(EventTypes.Ping));
            Assert.That(delivery.State, Is.EqualTo(DeliveryState.Pending), "a test of a disabled webhook is made all the same");
            Assert.That(delivery.OneShot);
            Assert.That(delivery.ClaimableAt, Is.GreaterThan(Now));
            Assert.That(ticket, Is.EqualTo(new PingTicket(WorkspaceId, delivery.Id.Value, delivery.Fence)));
        });
    }

    [Test]
    public async Task A_ping_is_its_maker_s_for_as_long_as_an_attempt_may_take()
    {
        Host.Services.GetRequiredService<IOptions<WebhooksOptions>>().Value.Timeout = TimeSpan.FromMinutes(1);
        var webhook = await AddWebhookAsync();
        await Host.WriteAsync<PingTicket>(async (services, token) => await services.GetRequiredService<IEventOutbox>().AppendPingAsync(webhook, token));
        Assert.That((await StoredAsync()).Deliveries.Single().ClaimableAt, Is.GreaterThan(Now + TimeSpan.FromMinutes(2)));
    }

    NewEvent NewEvent() => new(
        WorkspaceId,
        "render.completed",
        "render_1",
        3,
        new { Id = "render_1" },
        new Dictionary<string, string> { ["Order_ID"] = "7" },
        WebhookUrl: null);

    Task<Result<int>> AppendAsync(NewEvent happened) => Host.WriteAsync<int>(async (services, token) =>
    {
        await services.GetRequiredService<IEventOutbox>().AppendAsync(happened, token);
        return 1;
    });

    async Task<(List<WebhookEvent> Events, List<Delivery> Deliveries)> StoredAsync() => (
        await Host.ReadAsync(db => db.Events.ToListAsync()),
        await Host.ReadAsync(db => db.Deliveries.ToListAsync()));
}
