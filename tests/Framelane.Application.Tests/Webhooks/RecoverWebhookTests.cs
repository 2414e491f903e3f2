using Framelane.Application.Webhooks.Recover;
using Framelane.Domain.Common;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class RecoverWebhookTests
{
    static readonly DateTimeOffset Since = Application.Start.AddHours(-3);

    readonly Application app = new();

    [Test]
    public async Task Recover_AnswersHowMany_AndWakesDispatchersAfterTheCommit()
    {
        app.Deliveries.Setup(port => port.RecoverAsync(app.Webhook.Id, Since, It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("recover"))
            .ReturnsAsync(7);

        var answer = await Recover(app.Webhook.Id.Value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value, Is.EqualTo(new RecoverWebhookResponse(7)));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "find webhook", "recover", "commit", "wake" }));
        }
    }

    [Test]
    public async Task Recover_OfADisabledWebhook_IsAConflict()
    {
        app.Webhook.Disable("gone");

        var answer = await Recover(app.Webhook.Id.Value);

        Assert.That(answer.Error, Is.EqualTo(new Error("conflict", "The webhook is disabled.")));
        app.AssertNothingChanged();
    }

    [Test]
    public async Task Recover_OfAForeignWebhook_IsNotFound()
    {
        var answer = await Recover(app.AddForeignWebhook().Id.Value);

        Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Webhook not found.")));
        app.AssertNothingChanged();
    }

    Task<Result<RecoverWebhookResponse>> Recover(string webhookId) =>
        app.Send(new RecoverWebhookCommand(app.Actor, webhookId, new() { Since = Since }));
}
