using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Dispatch;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed partial class DispatchStoreContract<TDatabase>
{
    static readonly TimeSpan Precision = TimeSpan.FromMicroseconds(1);

    [Test]
    public async Task An_endpoint_fails_since_the_first_failure_after_its_last_success()
    {
        var webhook = await AddWebhookAsync();
        var began = Now;

        Assert.That(Since(await TellAsync(Tally(webhook, succeeded: false))), Is.EqualTo(began).Within(Precision));
        Time.Advance(TimeSpan.FromHours(1));
        Assert.That(Since(await TellAsync(Tally(webhook, succeeded: false))), Is.EqualTo(began).Within(Precision));
        Assert.That((await StoredAsync(webhook)).FailingSince, Is.EqualTo(began).Within(Precision));

        Time.Advance(TimeSpan.FromHours(1));
        Assert.That((await TellAsync(Tally(webhook, succeeded: true))).FailingSince, Is.Empty);
        Assert.That((await StoredAsync(webhook)).FailingSince, Is.Null);

        Time.Advance(TimeSpan.FromHours(1));
        Assert.That(Since(await TellAsync(Tally(webhook, succeeded: false))), Is.EqualTo(Now).Within(Precision));
    }

    [Test]
    public async Task Endpoints_of_one_batch_are_counted_each_for_itself()
    {
        var (failing, well, absent) = (await AddWebhookAsync(), await AddWebhookAsync(), await AddWebhookAsync());
        await TellAsync(Tally(well, succeeded: false));
        FinishedAttempt[] finished =
        [
            Succeeded(await ClaimOneAsync(await AddAsync(well))),
            Failed(await ClaimOneAsync(await AddAsync(failing)), Retry),
            Failed(await ClaimOneAsync(await AddAsync(failing)), Retry),
        ];

        var outcome = await Store.RecordAsync(finished, [], EndpointKeeper.Tally(finished), Now, CancellationToken.None);

        Assert.That(outcome.FailingSince.Single().Endpoint.WebhookId, Is.EqualTo(failing.Id.Value));
        Assert.That((await StoredAsync(failing)).FailingSince, Is.EqualTo(finished[2].StartedAt).Within(Precision));
        Assert.That((await StoredAsync(well)).FailingSince, Is.Null);
        Assert.That(((await StoredAsync(absent)).FailingSince, (await StoredAsync(absent)).LastDeliveryAt), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)null)));
    }

    [Test]
    public async Task The_time_of_the_last_delivery_only_rises([Values(true, false)] bool succeeded)
    {
        var webhook = await AddWebhookAsync();
        var earlier = Tally(webhook, succeeded);
        Time.Advance(TimeSpan.FromHours(1));
        await TellAsync(Tally(webhook, succeeded));
        await TellAsync(earlier);

        Assert.That((await StoredAsync(webhook)).LastDeliveryAt, Is.EqualTo(Now).Within(Precision));
    }

    [Test]
    public async Task Of_a_webhook_that_is_gone_nothing_is_told()
    {
        var webhook = await AddWebhookAsync();
        await Host.WriteAsync(db =>
        {
            db.Webhooks.Remove(webhook);
            return Task.CompletedTask;
        });

        Assert.That((await TellAsync(Tally(webhook, succeeded: false))).FailingSince, Is.Empty);
        await TellAsync(Tally(webhook, succeeded: true));
    }

    static DateTimeOffset Since(RecordOutcome outcome) => outcome.FailingSince.Single().Since;

    EndpointTally Tally(Webhook webhook, bool succeeded) => new(webhook.Id.Value, WorkspaceId, Now, succeeded);
}
