using Framelane.Application.Abstractions;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Webhooks;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed partial class DispatchStoreContract<TDatabase>
{
    [Test]
    public async Task An_attempt_that_runs_while_it_is_redelivered_is_the_redelivery()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);

        await ChangeAsync(delivery, row => row.Redeliver(Now));

        Assert.That(await ClaimAsync(delivery), Is.Empty);
        Assert.That((await RecordAsync(Succeeded(claimed))).LeasesLost, Is.Zero);
        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.Succeeded));
    }

    [Test]
    public async Task A_failure_of_what_was_redelivered_while_it_ran_is_followed_at_once_from_the_start([Values] bool givenUp, [Values] bool recovered)
    {
        var webhook = await AddWebhookAsync();
        var delivery = await AddAsync(webhook);
        await RecordAsync(Failed(await ClaimOneAsync(delivery), TimeSpan.Zero));
        Time.Advance(Retry);
        var claimed = await ClaimOneAsync(delivery);
        await AskAnewAsync(webhook, delivery, recovered);
        Assert.That(await ClaimAsync(delivery), Is.Empty, "One attempt runs.");

        var outcome = await RecordAsync(givenUp ? Failed(claimed) : Failed(claimed, TimeSpan.FromHours(5)));

        Assert.That((outcome.LeasesLost, outcome.Recorded), Is.EqualTo((0, new RecordedOutcomes(0, 1, 0))));
        var attempt = (await AttemptsAsync(delivery))[1];
        Assert.That((attempt.Status, attempt.NextRetryAt), Is.EqualTo((AttemptStatus.Failed, (DateTimeOffset?)attempt.EndedAt)));
        Time.Advance(TimeSpan.FromMilliseconds(1));
        var again = await ClaimOneAsync(delivery);
        Assert.That((again.AttemptNumber, again.Step), Is.EqualTo((3, 0)));
        Assert.That(again.AttemptId, Is.Not.EqualTo(claimed.AttemptId));
        await RecordAsync(Failed(again));
        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.DeadLettered), "It was asked for once.");
    }

    [Test]
    public async Task No_attempt_follows_a_ping_though_it_was_redelivered_while_it_ran()
    {
        var delivery = await AddAsync(await AddWebhookAsync(), oneShot: true);
        var claimed = await ClaimOneAsync(delivery);
        await ChangeAsync(delivery, row => row.Redeliver(Now));

        await RecordAsync(Failed(claimed));

        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.DeadLettered));
        Assert.That((await AttemptsAsync(delivery)).Single().Status, Is.EqualTo(AttemptStatus.DeadLettered));
    }

    [Test]
    public async Task An_attempt_follows_a_410_where_it_was_redelivered_while_it_ran_for_by_now_the_webhook_may_have_another_url()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);
        await ChangeAsync(delivery, row => row.Redeliver(Now));

        await RecordAsync(Finished(claimed, AttemptResult.Answered(410), Verdict.GiveUp));

        Time.Advance(TimeSpan.FromMilliseconds(1));
        var again = await ClaimOneAsync(delivery);
        Assert.That((again.AttemptNumber, again.Step), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task What_is_asked_for_anew_is_not_ended_by_what_its_dispatcher_knew_of_the_webhook_before([Values] bool recovered)
    {
        var webhook = await AddWebhookAsync();
        var delivery = await AddAsync(webhook);
        var claimed = await ClaimOneAsync(delivery);
        await AskAnewAsync(webhook, delivery, recovered);

        await GiveBackAsync(claimed, DeliveryState.EndpointDisabled);

        var again = await ClaimOneAsync(delivery);
        Assert.That((again.AttemptId, again.AttemptNumber, again.Step), Is.EqualTo((claimed.AttemptId, 1, 0)));
    }

    [Test]
    public async Task An_attempt_that_ran_while_its_webhook_was_disabled_and_enabled_is_what_was_asked_for_anew([Values] bool recovered)
    {
        var webhook = await AddWebhookAsync();
        var delivery = await AddAsync(webhook);
        var claimed = await ClaimOneAsync(delivery);
        await EndAsync(delivery, DeliveryState.EndpointDisabled);
        await AskAnewAsync(webhook, delivery, recovered);

        Assert.That(await ClaimAsync(delivery), Is.Empty, "One attempt runs.");
        Assert.That((await RecordAsync(Succeeded(claimed))).LeasesLost, Is.Zero);
        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.Succeeded));
    }

    [Test]
    public async Task What_was_given_back_after_its_webhook_was_disabled_does_not_run_and_is_claimed_at_once_when_it_is_asked_for_anew([Values] bool recovered)
    {
        var webhook = await AddWebhookAsync();
        var delivery = await AddAsync(webhook);
        var claimed = await ClaimOneAsync(delivery);
        await EndAsync(delivery, DeliveryState.EndpointDisabled);
        await GiveBackAsync(claimed, DeliveryState.Pending);
        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.EndpointDisabled));

        await AskAnewAsync(webhook, delivery, recovered);

        Assert.That((await ClaimOneAsync(delivery)).AttemptNumber, Is.EqualTo(1));
    }

    [TestCase(DeliveryState.EndpointDisabled, DeliveryState.DeadLettered)]
    [TestCase(DeliveryState.Cancelled, DeliveryState.Cancelled)]
    public async Task No_attempt_follows_what_was_redelivered_and_then_ended_while_one_ran(DeliveryState ended, DeliveryState expected)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);
        await ChangeAsync(delivery, row => row.Redeliver(Now));
        await EndAsync(delivery, ended);

        await RecordAsync(Failed(claimed));

        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(expected));
    }

    [Test]
    public async Task Whoever_takes_over_what_was_redelivered_begins_at_the_start([Values] bool givenBack)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        await RecordAsync(Failed(await ClaimOneAsync(delivery), TimeSpan.Zero));
        Time.Advance(Retry);
        var claimed = await ClaimOneAsync(delivery);
        await ChangeAsync(delivery, row => row.Redeliver(Now));

        if (givenBack)
            await GiveBackAsync(claimed, DeliveryState.Pending);
        else
            Time.Advance(Lease);

        var again = await ClaimOneAsync(delivery);
        Assert.That((again.AttemptId, again.Step), Is.EqualTo((claimed.AttemptId, 0)));
    }

    [Test]
    public async Task What_is_redelivered_after_its_end_is_due_at_once_as_another_attempt()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        await RecordAsync(Failed(await ClaimOneAsync(delivery)));

        await ChangeAsync(delivery, row => row.Redeliver(Now));
        var again = await ClaimOneAsync(delivery);
        await RecordAsync(Succeeded(again));

        Assert.That((again.AttemptNumber, again.Step), Is.EqualTo((2, 0)));
        var attempts = await AttemptsAsync(delivery);
        Assert.That(attempts.Select(attempt => attempt.Status), Is.EqualTo([AttemptStatus.DeadLettered, AttemptStatus.Succeeded]));
    }

    [Test]
    public async Task A_redelivery_takes_the_lease_from_a_node_that_let_it_run_out()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var late = await ClaimOneAsync(delivery);
        Time.Advance(Lease);

        await ChangeAsync(delivery, row => row.Redeliver(Now));

        Assert.That((await RecordAsync(Failed(late))).LeasesLost, Is.EqualTo(1));
        await ClaimOneAsync(delivery);
    }

    async Task AskAnewAsync(Webhook webhook, Delivery delivery, bool recovered)
    {
        if (recovered)
            Assert.That(await RecoverAsync(webhook), Is.EqualTo(1));
        else
            await ChangeAsync(delivery, row => row.Redeliver(Now));
    }

    async Task<int> RecoverAsync(Webhook webhook) =>
        (await Host.WriteAsync<int>(async (services, token) =>
            await services.GetRequiredService<IDeliveryRepository>().RecoverAsync(webhook.Id, DateTimeOffset.UnixEpoch, null, token))).Value;
}
