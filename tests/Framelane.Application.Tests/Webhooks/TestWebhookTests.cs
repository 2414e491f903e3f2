using Framelane.Application.Abstractions;
using Framelane.Application.Deliveries;
using Framelane.Application.Webhooks.Test;
using Framelane.Domain.Common;
using Framelane.Domain.Deliveries;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class TestWebhookTests
{
    readonly Application app = new();

    readonly PingTicket ticket;
    readonly AttemptResponse attempt = Attempt();

    public TestWebhookTests()
    {
        ticket = new(app.Workspace.Id, "dlv_1", 1);
        app.Outbox.Setup(port => port.AppendPingAsync(app.Webhook, It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("write ping"))
            .ReturnsAsync(ticket);
        app.Pings.Setup(port => port.SendAsync(ticket, It.IsAny<CancellationToken>()))
            .Callback(() => app.Journal.Add("send"))
            .ReturnsAsync(attempt);
    }

    [Test]
    public async Task Test_WithAnIdempotencyKey_RemembersTheAttemptAndNotTheTicketForIt()
    {
        var claim = new IdempotencyClaim("scope", "key", 1);
        app.Get<IdempotencyContext>().Claim = claim;

        var answer = await Test(app.Webhook.Id.Value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value, Is.SameAs(attempt));
            Assert.That(app.UnitOfWork.Remembered, Is.EqualTo(new[] { (claim, (object?)attempt) }));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "find webhook", "write ping", "commit", "send", "begin", "commit" }));
        }
    }

    [Test]
    public async Task Test_SendsThePingAfterTheCommitThatWroteIt_AndAnswersTheAttempt()
    {
        var answer = await Test(app.Webhook.Id.Value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value, Is.SameAs(attempt));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "find webhook", "write ping", "commit", "send" }));
        }
    }

    [Test]
    public async Task Test_OfADisabledWebhook_IsAConflictAndSendsNothing()
    {
        app.Webhook.Disable("gone");

        var answer = await Test(app.Webhook.Id.Value);

        Assert.That(answer.Error, Is.EqualTo(new Error("conflict", "The webhook is disabled.")));
        app.AssertNothingChanged();
    }

    [Test]
    public async Task Test_OfAWebhookThatIsDisabledOrDeletedBeforeItsPingIsSent_AnswersThat([Values] bool deleted, [Values] bool claimed)
    {
        if (claimed)
            app.Get<IdempotencyContext>().Claim = new("scope", "key", 1);
        app.Pings.Setup(port => port.SendAsync(ticket, It.IsAny<CancellationToken>()))
            .Callback(() =>
            {
                if (deleted)
                    app.StoredWebhooks.Clear();
                else
                    app.Webhook.Disable("gone");
            })
            .ReturnsAsync((AttemptResponse)null!);

        var answer = await Test(app.Webhook.Id.Value);

        Assert.That(answer.Error, Is.EqualTo(deleted ? new Error("not_found", "Webhook not found.") : new Error("conflict", "The webhook is disabled.")));
        Assert.That(app.UnitOfWork.Remembered, Is.Empty);
    }

    [Test]
    public async Task Test_OfAForeignWebhook_IsNotFoundAndSendsNothing()
    {
        var answer = await Test(app.AddForeignWebhook().Id.Value);

        Assert.That(answer.Error, Is.EqualTo(new Error("not_found", "Webhook not found.")));
        app.AssertNothingChanged();
    }

    Task<Result<AttemptResponse>> Test(string webhookId) => app.Send(new TestWebhookCommand(app.Actor, webhookId));

    static AttemptResponse Attempt() => new()
    {
        Id = "att_1",
        DeliveryId = "dlv_1",
        WebhookId = "wh_1",
        EventType = "webhook.ping",
        AttemptNumber = 1,
        Status = AttemptStatus.Succeeded,
        CreatedAt = Application.Start,
        JobId = null,
        StatusCode = 200,
        ResponseBody = "",
        AttemptedAt = Application.Start,
        NextRetryAt = null,
        FailureReason = null,
    };
}
