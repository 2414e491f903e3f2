using Framelane.Application.Common;
using Framelane.Application.Webhooks.Get;
using Framelane.Application.Webhooks.List;
using Framelane.Domain.Common;
using Framelane.Domain.Webhooks;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class ReadWebhooksTests
{
    readonly Application app = new();

    [Test]
    public async Task Get_ShowsTheWebhookWithAllItsFields()
    {
        app.Webhook.Stored(nameof(Webhook.LastDeliveryAt), Application.Start.AddHours(1)).Disable(DisabledReasons.Failing);

        var shown = (await app.Send(new GetWebhookQuery(app.Workspace.Id, app.Webhook.Id.Value))).Value!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.Id, Is.EqualTo(app.Webhook.Id.Value));
            Assert.That((shown.Url, shown.Description), Is.EqualTo(("https://example.com/hook", "main")));
            Assert.That(shown.Events, Is.EqualTo(app.Webhook.Events));
            Assert.That((shown.Enabled, shown.DisabledReason), Is.EqualTo((false, "failing")));
            Assert.That(shown.CreatedAt, Is.EqualTo(Application.Start));
            Assert.That(shown.LastDeliveryAt, Is.EqualTo(Application.Start.AddHours(1)));
        }
    }

    [Test]
    public async Task Get_OfAForeignWebhook_IsNotFound()
    {
        var answer = await app.Send(new GetWebhookQuery(app.Workspace.Id, app.AddForeignWebhook().Id.Value));

        Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Webhook not found.")));
    }

    [TestCase("wh_2")]
    [TestCase(null)]
    public async Task List_PassesThePageOnAndKeepsItsOrderAndKey(string? nextKey)
    {
        var page = new PageRequest(2, "wh_9");
        Webhook[] webhooks = [Application.NewWebhook(app.Workspace.Id), app.Webhook];
        app.Webhooks.Setup(port => port.ListAsync(app.Workspace.Id, page, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Page<Webhook>(webhooks, nextKey));

        var shown = await app.Send(new ListWebhooksQuery(app.Workspace.Id, page));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shown.Items.Select(webhook => webhook.Id), Is.EqualTo(webhooks.Select(webhook => webhook.Id.Value)));
            Assert.That(shown.NextKey, Is.EqualTo(nextKey));
        }
    }
}
