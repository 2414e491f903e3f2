using Framelane.Application.Abstractions;
using Framelane.Application.Webhooks.Recover;
using Framelane.Domain.Common;
using Moq;

namespace Framelane.Application.Tests.Webhooks;

public sealed class RecoverWebhookTests
{
    static readonly DateTimeOffset Since = Application.Start.AddHours(-3);

    readonly Application app = new();

    readonly Queue<DateTimeOffset?> ends = [];

    [SetUp]
    public void SetUpPorts() =>
        app.Deliveries.Setup(port => port.FindSliceEndAsync(app.Workspace.Id, It.IsAny<string>(), It.IsAny<DateTimeOffset>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => ends.TryDequeue(out var end) ? end : null);

    [Test]
    public async Task Recover_AnswersHowMany_AndWakesDispatchersAfterTheCommit()
    {
        app.Deliveries.Setup(port => port.RecoverAsync(app.Webhook.Id, Since, null, It.IsAny<CancellationToken>()))
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
    public async Task Recover_OfMany_GoesSliceBySlice_AndOnlyTheLastIsTheAnswer()
    {
        var (second, third) = (Since.AddHours(1), Since.AddHours(2));
        ends.Enqueue(second);
        ends.Enqueue(third);
        foreach (var (from, until, count) in new[] { (Since, second, 1000), (second, third, 900), (third, (DateTimeOffset?)null, 7) })
            app.Deliveries.Setup(port => port.RecoverAsync(app.Webhook.Id, from, until, It.IsAny<CancellationToken>())).ReturnsAsync(count);
        app.Get<IdempotencyContext>().Claim = new("v1/recover", "k", 1);

        var answer = await Recover(app.Webhook.Id.Value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value, Is.EqualTo(new RecoverWebhookResponse(1907)));
            Assert.That(app.UnitOfWork.Remembered.Select(each => each.Answer), Is.EqualTo(new[] { new RecoverWebhookResponse(1907) }));
            Assert.That(app.Journal.Count(step => step == "commit"), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task Recover_OfAWorkspaceThatRecoversAlready_WaitsForItsTurn_AndHoldsNothingMeanwhile()
    {
        var first = new TaskCompletionSource<int>();
        app.Deliveries.SetupSequence(port => port.RecoverAsync(app.Webhook.Id, Since, null, It.IsAny<CancellationToken>()))
            .Returns(first.Task)
            .ReturnsAsync(2);
        var one = Recover(app.Webhook.Id.Value);
        var two = Recover(app.Webhook.Id.Value);
        Assert.That(app.Journal.Count(step => step == "begin"), Is.EqualTo(1));

        first.SetResult(1);

        var answers = await Task.WhenAll(one, two);
        Assert.That(answers.Select(answer => answer.Value!.Count), Is.EqualTo(new[] { 1, 2 }));
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
