using Framelane.Application.Webhooks.Delete;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class DeleteWebhookTests
{
    readonly Application app = new();

    [Test]
    public async Task Delete_RemovesItCancelsItsDeliveriesAndRaisesTheEpoch_InOneTransaction()
    {
        app.Webhooks.Setup(port => port.Remove(app.Webhook)).Callback(() => app.Journal.Add("remove"));
        app.Deliveries.Setup(port => port.CancelPendingAsync(app.Webhook.Id, It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("cancel"))
            .ReturnsAsync(3);

        var answer = await app.Send(new DeleteWebhookCommand(app.Actor, app.Webhook.Id.Value));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.IsSuccess, Is.True);
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "find webhook", "remove", "cancel", "audit", "commit" }));
            Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new EndpointsChanged(app.Workspace.Id, 2) }));
        }

        app.AssertAudited(AuditActions.WebhookDeleted, app.Webhook.Id.Value);
    }

    [Test]
    public async Task Delete_OfOneWithMuchWaiting_CancelsTheRestSliceBySlice_AfterTheDeletion()
    {
        Queue<int> slices = new([1000, 1000, 12]);
        app.Webhooks.Setup(port => port.Remove(app.Webhook)).Callback(() => app.StoredWebhooks.Remove(app.Webhook));
        app.Deliveries.Setup(port => port.CancelPendingAsync(app.Webhook.Id, It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("cancel"))
            .ReturnsAsync(() => slices.Dequeue());

        await app.Send(new DeleteWebhookCommand(app.Actor, app.Webhook.Id.Value));

        Assert.That(app.Journal.Where(step => step is "begin" or "cancel" or "audit" or "commit"), Is.EqualTo(new[]
        {
            "begin", "cancel", "audit", "commit", "begin", "cancel", "commit", "begin", "cancel", "commit",
        }));
    }

    [Test]
    public async Task Delete_IsAnswered_ThoughTheRestCouldNotBeCancelled()
    {
        app.Webhooks.Setup(port => port.Remove(app.Webhook)).Callback(() => app.StoredWebhooks.Remove(app.Webhook));
        app.Deliveries.SetupSequence(port => port.CancelPendingAsync(app.Webhook.Id, It.IsAny<CancellationToken>())).ReturnsAsync(1000).ThrowsAsync(new TimeoutException());

        var answer = await app.Send(new DeleteWebhookCommand(app.Actor, app.Webhook.Id.Value));

        Assert.That(answer.IsSuccess, Is.True);
    }

    [Test]
    public async Task Delete_OfAForeignWebhook_IsNotFoundAndChangesNothing()
    {
        var answer = await app.Send(new DeleteWebhookCommand(app.Actor, app.AddForeignWebhook().Id.Value));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Webhook not found.")));
            Assert.That(app.Workspace.Epoch, Is.EqualTo(1));
            Assert.That(app.Audited, Is.Empty);
            Assert.That(app.Journal, Has.None.EqualTo("remove").And.None.EqualTo("cancel"));
        }
    }

    [Test]
    public async Task Delete_OfWhatIsGone_PassesTheBarrier_ForTheFirstTryMayHaveDiedBeforeItDid()
    {
        var answer = await app.Send(new DeleteWebhookCommand(app.Actor, "wh_01J8QR2K5VKDGN2T4FBM3CZYX7"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Webhook not found.")));
            Assert.That(app.Workspace.DomainEvents, Is.EqualTo(new object[] { new ChangeRepeated(app.Workspace.Id, 1) }));
            Assert.That(app.Journal, Has.Some.EqualTo("commit"));
        }
    }
}
