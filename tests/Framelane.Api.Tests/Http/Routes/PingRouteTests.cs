using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

public sealed class PingRouteTests : SharedHostTests
{
    [Test]
    public async Task A_test_answers_the_attempt_that_it_made()
    {
        Receiver.AnswerWith(200, "pong");
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url, "render.completed");

        var answer = await Tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/test");
        var delivered = Receiver.Deliveries.Single();

        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(Fields.Attempt));
            Assert.That((string?)answer.Json["event_type"], Is.EqualTo("webhook.ping"));
            Assert.That((string?)answer.Json["status"], Is.EqualTo("succeeded"));
            Assert.That((int)answer.Json["status_code"]!, Is.EqualTo(200));
            Assert.That((string?)answer.Json["response_body"], Is.EqualTo("pong"));
            Assert.That((string?)answer.Json["delivery_id"], Is.EqualTo(delivered.Headers["Framelane-Delivery"]));
            Assert.That(delivered.Event.Type, Is.EqualTo("webhook.ping"));
            Assert.That(delivered.IsSignedWith(webhook.Secret), Is.True);
        });
    }

    [Test]
    public async Task A_test_that_fails_is_never_retried_and_never_counted()
    {
        Receiver.AnswerWith(503);
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);

        var attempt = await Tenant.Client.TestWebhookAsync(webhook.Id);
        var failingSince = (await Host.Data.Database.CellsAsync()).Where(cell => cell.Place == "webhooks.id" && webhook.Id.Equals(cell.Value))
            .Select(cell => cell.Row).Single();

        Assert.Multiple(() =>
        {
            Assert.That((attempt.Status, attempt.StatusCode, attempt.NextRetryAt), Is.EqualTo((AttemptStatus.DeadLettered, (int?)503, (DateTimeOffset?)null)));
            Assert.That(async () => (await Tenant.Client.ListWebhookDeliveriesAsync(webhook.Id, AttemptStatus.Pending)).Data, Is.Empty);
            Assert.That(async () => (await Host.Data.Database.CellsAsync()).Single(cell => cell.Place == "webhooks.failing_since" && cell.Row == failingSince).Value, Is.EqualTo(DBNull.Value));
        });
    }

    [Test]
    public async Task A_receiver_that_is_not_there_is_an_attempt_with_a_reason()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        await Receiver.DisposeAsync();

        var attempt = await Tenant.Client.TestWebhookAsync(webhook.Id);

        Assert.That(attempt.Status, Is.EqualTo(AttemptStatus.DeadLettered));
        Assert.That(attempt.StatusCode, Is.Null);
        Assert.That(attempt.FailureReason, Is.Not.Null.And.Not.Empty);
    }

    [Test]
    public async Task A_repeat_of_a_test_whose_caller_went_away_sends_nothing_again()
    {
        var answered = new TaskCompletionSource();
        Receiver.Answer = (_, _) => answered.Task;
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        using var gone = new CancellationTokenSource();
        var first = Tenant.Client.TestWebhookAsync(webhook.Id, "the key", gone.Token);
        await Receiver.NextAsync();
        await gone.CancelAsync();
        Assert.That(() => first, Throws.InstanceOf<OperationCanceledException>());

        // Until the server has noticed.
        await Task.Delay(500);
        answered.SetResult();
        Answer? repeat = null;
        await Eventually.HoldsAsync(async () =>
            (repeat = await Tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/test", null, ("Idempotency-Key", "the key"))).Code != "idempotency_in_progress");

        Assert.That((repeat!.Status, repeat.Header("Idempotency-Replayed"), (string?)repeat.Json["status"]), Is.EqualTo((200, "true", "succeeded")));
        Assert.That(Receiver.Deliveries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_disabled_webhook_is_not_tested()
    {
        var webhook = await Tenant.Client.CreateWebhookAsync(new() { Url = Receiver.Url, Enabled = false });

        var answer = await Tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/test");

        Assert.That((answer.Status, answer.Code), Is.EqualTo((409, "conflict")));
        Assert.That(Receiver.Deliveries, Is.Empty);
    }
}
