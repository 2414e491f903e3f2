using Framelane.Domain.Deliveries;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed partial class DispatchStoreContract<TDatabase>
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    [Test]
    public async Task A_success_ends_the_delivery_and_all_of_the_attempt_is_kept()
    {
        var webhook = await AddWebhookAsync();
        var delivery = await AddAsync(webhook, "render_1");
        var finished = Succeeded(await ClaimOneAsync(delivery));

        Assert.That((await RecordAsync(finished)).LeasesLost, Is.Zero);

        var attempt = (await AttemptsAsync(delivery)).Single();
        var precision = TimeSpan.FromMicroseconds(1);
        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.Succeeded));
        Assert.Multiple(() =>
        {
            Assert.That(attempt.Id, Is.EqualTo(delivery.AttemptId));
            Assert.That(attempt.WorkspaceId, Is.EqualTo(WorkspaceId));
            Assert.That(attempt.WebhookId, Is.EqualTo(webhook.Id));
            Assert.That(attempt.EventType, Is.EqualTo("render.completed"));
            Assert.That(attempt.JobId, Is.EqualTo("render_1"));
            Assert.That(attempt.AttemptNumber, Is.EqualTo(1));
            Assert.That(attempt.Status, Is.EqualTo(AttemptStatus.Succeeded));
            Assert.That(attempt.CreatedAt, Is.EqualTo(delivery.ScheduledAt).Within(precision));
            Assert.That(attempt.AttemptedAt, Is.EqualTo(finished.StartedAt).Within(precision));
            Assert.That(attempt.EndedAt, Is.EqualTo(finished.EndedAt).Within(precision));
            Assert.That(attempt.StatusCode, Is.EqualTo(200));
            Assert.That(attempt.FailureReason, Is.Null);
            Assert.That(attempt.ResponseBody, Is.EqualTo("said"));
            Assert.That(attempt.NextRetryAt, Is.Null);
            Assert.That(attempt.Epoch, Is.EqualTo(7));
            Assert.That(attempt.Signatures, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task A_failure_schedules_another_attempt()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var finished = Failed(await ClaimOneAsync(delivery), Retry);
        await RecordAsync(finished);

        var stored = await StoredAsync(delivery);
        Assert.Multiple(() =>
        {
            Assert.That(stored.State, Is.EqualTo(DeliveryState.Pending));
            Assert.That((stored.AttemptNumber, stored.Step), Is.EqualTo((2, 1)));
            Assert.That(stored.AttemptId, Is.Not.EqualTo(delivery.AttemptId));
            Assert.That(stored.NextAttemptAt, Is.EqualTo(Now + Retry).Within(TimeSpan.FromMicroseconds(1)));
            Assert.That(stored.ScheduledAt, Is.EqualTo(finished.EndedAt).Within(TimeSpan.FromMicroseconds(1)));
        });
        var attempt = (await AttemptsAsync(delivery)).Single();
        Assert.That((attempt.Status, attempt.StatusCode, attempt.FailureReason), Is.EqualTo((AttemptStatus.Failed, (int?)null, "timeout")));
        Assert.That(attempt.NextRetryAt, Is.EqualTo(stored.NextAttemptAt));

        Time.Advance(Retry);
        var again = await ClaimOneAsync(delivery);
        Assert.That((again.AttemptId, again.AttemptNumber, again.Step), Is.EqualTo((stored.AttemptId.Value, 2, 1)));
    }

    [Test]
    public async Task A_failure_that_nothing_follows_is_a_dead_letter()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        await RecordAsync(Failed(await ClaimOneAsync(delivery)));

        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.DeadLettered));
        Assert.That((await AttemptsAsync(delivery)).Single().Status, Is.EqualTo(AttemptStatus.DeadLettered));
    }

    [Test]
    public async Task Whoever_lost_the_lease_records_nothing()
    {
        var webhook = await AddWebhookAsync();
        var delivery = await AddAsync(webhook);
        var late = await ClaimOneAsync(delivery);
        Time.Advance(Lease);
        var owner = await ClaimOneAsync(delivery);
        var other = await AddAsync(webhook);

        var outcome = await RecordAsync(Succeeded(late), Succeeded(await ClaimOneAsync(other)));

        Assert.That(outcome.LeasesLost, Is.EqualTo(1));
        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.Pending));
        Assert.That(await AttemptsAsync(delivery), Is.Empty);
        Assert.That(await AttemptsAsync(other), Has.Count.EqualTo(1));

        Assert.That((await RecordAsync(Failed(owner))).LeasesLost, Is.Zero);
        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.DeadLettered));
    }

    [Test]
    public async Task What_is_recorded_twice_counts_once([Values(true, false)] bool succeeded)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);
        var finished = succeeded ? Succeeded(claimed) : Failed(claimed, Retry);
        await RecordAsync(finished);
        var before = await StoredAsync(delivery);

        var outcome = await RecordAsync(finished);

        var after = await StoredAsync(delivery);
        Assert.That(outcome.LeasesLost, Is.EqualTo(1));
        Assert.That(await AttemptsAsync(delivery), Has.Count.EqualTo(1));
        Assert.That(
            (after.State, after.AttemptId, after.AttemptNumber, after.Step, after.ClaimableAt),
            Is.EqualTo((before.State, before.AttemptId, before.AttemptNumber, before.Step, before.ClaimableAt)));
    }

    [Test]
    public async Task A_batch_is_recorded_whole_or_not_at_all()
    {
        var webhook = await AddWebhookAsync();
        var (kept, good, bad) = (await AddAsync(webhook), await AddAsync(webhook), await AddAsync(webhook));
        await RecordAsync(Succeeded((await ClaimAsync(kept, 1)).Single()));
        await ChangeAttemptIdAsync(bad, kept.AttemptId);
        var claimed = await ClaimAsync(good);

        Assert.That(() => RecordAsync([.. claimed.Select(Succeeded)]), Throws.InstanceOf<System.Data.Common.DbException>());
        Assert.That((await StoredAsync(good)).State, Is.EqualTo(DeliveryState.Pending));
        Assert.That(await AttemptsAsync(good), Is.Empty);

        Assert.That((await RecordAsync(Succeeded(claimed.Single(delivery => delivery.Id == good.Id.Value)))).LeasesLost, Is.Zero);
    }

    [Test]
    public async Task An_attempt_that_was_not_made_is_given_back_at_once()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);

        await GiveBackAsync(claimed, DeliveryState.Pending);

        var again = await ClaimOneAsync(delivery);
        Assert.That(again.Fence, Is.GreaterThan(claimed.Fence));
        Assert.That((again.AttemptId, again.AttemptNumber, again.Step), Is.EqualTo((claimed.AttemptId, 1, 0)));
        Assert.That(await AttemptsAsync(delivery), Is.Empty);
    }

    [TestCase(DeliveryState.EndpointDisabled)]
    [TestCase(DeliveryState.Cancelled)]
    public async Task An_attempt_that_may_not_be_made_ends_its_delivery(DeliveryState state)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        await GiveBackAsync(await ClaimOneAsync(delivery), state);

        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(state));
        Time.Advance(Lease * 2);
        Assert.That(await ClaimAsync(delivery), Is.Empty);
        Assert.That(await AttemptsAsync(delivery), Is.Empty);
    }

    [TestCase(DeliveryState.Pending)]
    [TestCase(DeliveryState.Cancelled)]
    public async Task Whoever_lost_the_lease_gives_nothing_back(DeliveryState state)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var late = await ClaimOneAsync(delivery);
        Time.Advance(Lease);
        await ClaimOneAsync(delivery);

        await GiveBackAsync(late, state);

        Assert.That(await ClaimAsync(delivery), Is.Empty);
        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.Pending));
    }

    [TestCase(DeliveryState.EndpointDisabled)]
    [TestCase(DeliveryState.Cancelled)]
    public async Task What_was_ended_meanwhile_is_not_given_back(DeliveryState state)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);
        await EndAsync(delivery, state);

        await GiveBackAsync(claimed, DeliveryState.Pending);

        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(state));
    }

    [TestCase(DeliveryState.EndpointDisabled, DeliveryState.DeadLettered)]
    [TestCase(DeliveryState.Cancelled, DeliveryState.Cancelled)]
    public async Task No_attempt_follows_where_the_delivery_was_ended_while_one_ran(DeliveryState ended, DeliveryState expected)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);
        await EndAsync(delivery, ended);

        Assert.That((await RecordAsync(Failed(claimed, Retry))).LeasesLost, Is.Zero);

        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(expected));
        var attempt = (await AttemptsAsync(delivery)).Single();
        Assert.That((attempt.Status, attempt.NextRetryAt), Is.EqualTo((AttemptStatus.DeadLettered, (DateTimeOffset?)null)));
    }

    [TestCase(DeliveryState.EndpointDisabled)]
    [TestCase(DeliveryState.Cancelled)]
    public async Task A_success_counts_whatever_was_done_while_it_ran(DeliveryState ended)
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);
        await EndAsync(delivery, ended);
        await RecordAsync(Succeeded(claimed));

        Assert.That((await StoredAsync(delivery)).State, Is.EqualTo(DeliveryState.Succeeded));
        Assert.That((await AttemptsAsync(delivery)).Single().Status, Is.EqualTo(AttemptStatus.Succeeded));
    }

    Task ChangeAttemptIdAsync(Delivery delivery, AttemptId id) =>
        Host.WriteAsync(db => db.Deliveries.Where(row => row.Id == delivery.Id).ExecuteUpdateAsync(row => row.SetProperty(it => it.AttemptId, id)));
}
