using Framelane.Application.Abstractions;
using Framelane.Application.Deliveries.Redeliver;
using Framelane.Application.Webhooks.RotateSecret;
using Framelane.Domain.Deliveries;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed class RetryTests : DispatcherTests
{
    static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
    ];

    [Test]
    public async Task A_delivery_is_attempted_by_the_schedule_and_then_given_up()
    {
        Receiver.Answers(500);
        await StartAsync();
        var delivery = await Host.DeliverAsync(await Host.AddWebhookAsync(Receiver.Url));

        var ended = await Host.AttemptsAsync(delivery, 1);
        foreach (var wait in Waits)
        {
            var last = ended[^1];
            Assert.That(last.Status, Is.EqualTo(AttemptStatus.Failed));
            Assert.That(last.NextRetryAt - last.EndedAt, Is.InRange(wait - TimeSpan.FromMicroseconds(1), wait * 1.1));
            Host.Clock.Advance(last.NextRetryAt!.Value - Host.Clock.GetUtcNow());
            Host.Get<IDispatchSignal>().Wake();
            ended = await Host.AttemptsAsync(delivery, ended.Count + 1);
            Assert.That(ended[^1].AttemptedAt, Is.GreaterThanOrEqualTo(last.NextRetryAt));
        }

        Assert.That(ended.Select(attempt => attempt.AttemptNumber), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That((ended[^1].Status, ended[^1].NextRetryAt), Is.EqualTo((AttemptStatus.DeadLettered, (DateTimeOffset?)null)));
        Assert.That((await Host.StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.DeadLettered));
        Assert.That(Receiver.Requests.Select(request => request["Framelane-Attempt"]), Is.EqualTo(Enumerable.Range(1, 8).Select(i => $"{i}")));
        Assert.That(Receiver.Requests.Select(request => request.Text).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase(429, "120", 120)]
    [TestCase(503, "120", 120)]
    [TestCase(503, "172800", 86_400)]
    [TestCase(429, "1", 5)]
    [TestCase(500, "120", 5)]
    public async Task Retry_after_is_honoured_within_a_day_on_429_and_503(int status, string asked, int seconds)
    {
        Receiver.Answers($"HTTP/1.1 {status} X\r\nRetry-After: {asked}\r\nContent-Length: 0\r\n\r\n");
        await StartAsync();
        var delivery = await Host.DeliverAsync(await Host.AddWebhookAsync(Receiver.Url));

        var attempt = (await Host.AttemptsAsync(delivery, 1))[0];

        var wait = TimeSpan.FromSeconds(seconds);
        Assert.That(attempt.NextRetryAt - attempt.EndedAt, Is.InRange(wait - TimeSpan.FromMicroseconds(1), seconds == 5 ? wait * 1.1 : wait));
        Assert.That((await Host.StoredAsync(delivery)).NextAttemptAt, Is.EqualTo(attempt.NextRetryAt));
    }

    [Test]
    public async Task Retry_after_as_a_date_is_honoured()
    {
        await StartAsync();
        var date = Host.Clock.GetUtcNow() + TimeSpan.FromHours(3);
        Receiver.Answers($"HTTP/1.1 503 X\r\nRetry-After: {date:R}\r\nContent-Length: 0\r\n\r\n");
        var delivery = await Host.DeliverAsync(await Host.AddWebhookAsync(Receiver.Url));

        Assert.That((await Host.AttemptsAsync(delivery, 1))[0].NextRetryAt, Is.EqualTo(date).Within(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task A_retry_after_a_rotation_is_signed_with_the_secret_of_its_own_moment()
    {
        await StartAsync(Attempts(3));
        var webhook = await Host.AddWebhookAsync(Receiver.Url);
        var first = await RotateAsync(webhook.Id.Value, 0);
        string[] secrets = ["", ""];
        Receiver.OnRequest = async (request, stream) =>
        {
            // Between each attempt and the next there is a rotation, the second one with a grace.
            if (request["Framelane-Attempt"] is not "3" and var number)
                secrets[number == "1" ? 0 : 1] = await RotateAsync(webhook.Id.Value, number == "1" ? 0 : 3600);
            await Receiver.AnswerAsync(stream, "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n");
        };
        var delivery = await Host.DeliverAsync(webhook);

        var attempts = await Host.AttemptsAsync(delivery, 3);

        SignedBy.Assert(Receiver.Requests[0], first);
        SignedBy.Assert(Receiver.Requests[1], secrets[0]);
        SignedBy.Assert(Receiver.Requests[2], secrets[1], secrets[0]);
        Assert.That(attempts.Select(attempt => (attempt.Epoch, attempt.Signatures)), Is.EqualTo([(3L, 1), (4L, 1), (5L, 2)]));
    }

    [Test]
    public async Task A_redelivery_starts_the_schedule_anew_with_the_same_bytes()
    {
        Receiver.Answers(500, 500, 200);
        await StartAsync(Attempts(2));
        var delivery = await Host.DeliverAsync(await Host.AddWebhookAsync(Receiver.Url));
        await Host.BecomesAsync(delivery, DeliveryState.DeadLettered);

        var answer = await Host.SendAsync(new RedeliverCommand(await ActorAsync(), null, delivery.Id.Value));
        Assert.That(answer.IsSuccess);
        await Host.BecomesAsync(delivery, DeliveryState.Succeeded);

        var attempts = await Host.AttemptsAsync(delivery);
        Assert.That(attempts.Select(attempt => attempt.Status), Is.EqualTo([AttemptStatus.Failed, AttemptStatus.DeadLettered, AttemptStatus.Succeeded]));
        Assert.That(Receiver.Requests.Select(request => (request["Framelane-Attempt"], request.Text)), Is.EqualTo(new[] { "1", "2", "3" }.Select(i => (i, Receiver.Requests[0].Text))));
    }

    async Task<string> RotateAsync(string webhookId, int grace) =>
        (await Host.SendAsync(new RotateWebhookSecretCommand(await ActorAsync(), webhookId, new() { GracePeriodSeconds = grace }))).Value!.Secret;
}
