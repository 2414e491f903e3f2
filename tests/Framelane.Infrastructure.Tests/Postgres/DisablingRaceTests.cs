using Framelane.Application.Webhooks.Update;
using Framelane.Domain.Audit;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Postgres;

/// <summary>Readers do not wait for writers there: what was read as pending may have succeeded when its row is had.</summary>
public sealed class DisablingRaceTests : StorageTests<PostgresDatabase>
{
    [Test]
    public async Task What_succeeds_while_its_webhook_is_disabled_has_succeeded()
    {
        var webhook = await AddWebhookAsync();
        var happened = WebhookEvent.Create(Domain.Events.EventId.New(Now), WorkspaceId, "render.completed", null, 1, [1], Now);
        var deliveries = Enumerable.Range(0, 2).Select(_ => Delivery.ToWebhook(happened, webhook, oneShot: false, Now)).ToArray();
        await Host.WriteAsync(async db => await db.AddRangeAsync([happened, .. deliveries]));

        await using var recorder = await Database.HoldAsync("UPDATE deliveries SET state = 1 WHERE id = $1", deliveries[0].Id.Value);
        var disabling = DisableAsync(webhook.Id.Value);
        await Host.AreAwaitedAsync();
        await recorder.LetGoAsync();
        await disabling;

        var states = await Host.ReadAsync(db => db.Deliveries.AsNoTracking().ToDictionaryAsync(delivery => delivery.Id, delivery => delivery.State));
        Assert.That((states[deliveries[0].Id], states[deliveries[1].Id]), Is.EqualTo((DeliveryState.Succeeded, DeliveryState.EndpointDisabled)));
    }

    async Task DisableAsync(string webhookId)
    {
        await using var scope = Host.Scope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(new UpdateWebhookCommand(Actor.System(WorkspaceId), webhookId, new() { Enabled = new(false) }));
    }
}
