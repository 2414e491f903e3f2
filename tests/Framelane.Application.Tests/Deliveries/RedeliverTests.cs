using Framelane.Application.Deliveries.Redeliver;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;

namespace Framelane.Application.Tests.Deliveries;

public sealed class RedeliverTests
{
    readonly Application app = new();

    [TestCase(true)]
    [TestCase(false)]
    public async Task Redeliver_PutsItBackAndWakesDispatchersAfterTheCommit(bool namingTheWebhook)
    {
        var delivery = app.AddDelivery(app.Webhook, DeliveryState.DeadLettered);
        app.Clock.Advance(TimeSpan.FromHours(2));

        var answer = await Redeliver(namingTheWebhook ? app.Webhook.Id.Value : null, delivery);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value, Is.EqualTo(new RedeliverResponse(delivery.Id.Value, AttemptStatus.Pending)));
            Assert.That((delivery.State, delivery.NextAttemptAt), Is.EqualTo((DeliveryState.Pending, Application.Start.AddHours(2))));
            Assert.That(app.Journal.Take(2), Is.EqualTo(new[] { "begin", "lock workspace" }), "no disabling in between");
            Assert.That(app.Journal.TakeLast(2), Is.EqualTo(new[] { "commit", "wake" }));
        }
    }

    [Test]
    public async Task Redeliver_ToTheUrlOfAJob_NeedsNoWebhook()
    {
        var delivery = app.AddDelivery(webhook: null, DeliveryState.DeadLettered);

        var answer = await Redeliver(webhookId: null, delivery);

        Assert.That((answer.IsSuccess, delivery.State), Is.EqualTo((true, DeliveryState.Pending)));
    }

    [Test]
    public async Task Redeliver_ToTheUrlOfAJob_IsNotFoundUnderAWebhook() =>
        await AssertRefused(app.AddDelivery(webhook: null, DeliveryState.DeadLettered), app.Webhook.Id.Value, new("not_found", "Delivery not found."));

    [Test]
    public async Task Redeliver_UnderAnotherWebhookOfTheWorkspace_IsNotFound()
    {
        var other = Application.NewWebhook(app.Workspace.Id);
        app.StoredWebhooks.Add(other);

        await AssertRefused(app.AddDelivery(app.Webhook, DeliveryState.DeadLettered), other.Id.Value, new("not_found", "Delivery not found."));
    }

    [Test]
    public async Task Redeliver_UnderAForeignWebhook_IsNotFound() => await AssertRefused(
        app.AddDelivery(app.Webhook, DeliveryState.DeadLettered), app.AddForeignWebhook().Id.Value, new("not_found", "Webhook not found."));

    [Test]
    public async Task Redeliver_OfAForeignDelivery_IsNotFound()
    {
        var delivery = app.AddDelivery(app.Webhook, DeliveryState.DeadLettered);
        delivery.Stored(nameof(Delivery.WorkspaceId), Domain.Workspaces.WorkspaceId.New(Application.Start));

        await AssertRefused(delivery, webhookId: null, new("not_found", "Delivery not found."));
    }

    [Test]
    public async Task Redeliver_OfAnUnknownDelivery_IsNotFound()
    {
        app.AddDelivery(app.Webhook, DeliveryState.DeadLettered);

        var answer = await app.Send(new RedeliverCommand(app.Actor, null, "dlv_01J8QR2K5VKDGN2T4FBM3CZYX7"));

        Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Delivery not found.")));
        app.AssertNothingChanged();
    }

    [Test]
    public async Task Redeliver_ToADisabledWebhook_IsAConflict()
    {
        app.Webhook.Disable("gone");

        await AssertRefused(app.AddDelivery(app.Webhook, DeliveryState.DeadLettered), webhookId: null, new("conflict", "The webhook is disabled."));
    }

    [Test]
    public async Task Redeliver_ToADeletedWebhook_IsNotFound()
    {
        app.StoredWebhooks.Clear();

        await AssertRefused(app.AddDelivery(app.Webhook, DeliveryState.DeadLettered), webhookId: null, new("not_found", "Webhook not found."));
    }

    Task<Result<RedeliverResponse>> Redeliver(string? webhookId, Delivery delivery) =>
        app.Send(new RedeliverCommand(app.Actor, webhookId, delivery.Id.Value));

    async Task AssertRefused(Delivery delivery, string? webhookId, Error error)
    {
        var answer = await Redeliver(webhookId, delivery);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Error, Is.EqualTo(error));
            Assert.That((delivery.State, delivery.Fence), Is.EqualTo((DeliveryState.DeadLettered, 0L)));
        }

        app.AssertNothingChanged();
    }
}
