using Framelane.Domain.Deliveries;
using Framelane.Infrastructure.Dispatch;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Dispatch;

public sealed partial class DispatchStoreContract<TDatabase>
{
    [Test]
    public async Task A_claim_holds_all_that_an_attempt_needs()
    {
        var webhook = await AddWebhookAsync();
        var delivery = await AddAsync(webhook, "render_1", 3);

        var claimed = await ClaimOneAsync(delivery);

        Assert.Multiple(() =>
        {
            Assert.That(claimed.WorkspaceId, Is.EqualTo(WorkspaceId));
            Assert.That(claimed.EventId, Is.EqualTo(delivery.EventId.Value));
            Assert.That(claimed.EventType, Is.EqualTo("render.completed"));
            Assert.That(claimed.JobId, Is.EqualTo("render_1"));
            Assert.That(claimed.WebhookId, Is.EqualTo(webhook.Id.Value));
            Assert.That(claimed.Url, Is.Null);
            Assert.That(claimed.Lane, Is.EqualTo(webhook.Id.Value));
            Assert.That(claimed.OneShot, Is.False);
            Assert.That(claimed.AttemptId, Is.EqualTo(delivery.AttemptId.Value));
            Assert.That(claimed.AttemptNumber, Is.EqualTo(1));
            Assert.That(claimed.Step, Is.Zero);
            Assert.That(claimed.ScheduledAt, Is.EqualTo(delivery.ScheduledAt).Within(TimeSpan.FromMicroseconds(1)));
            Assert.That(claimed.Fence, Is.EqualTo(1));
            Assert.That(claimed.Body, Is.EqualTo("{}"u8.ToArray()));
        });
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task A_long_body_is_left_in_the_database_until_it_is_asked_for(int more)
    {
        var body = new byte[ClaimedDelivery.MaxBodyAhead + more];
        Random.Shared.NextBytes(body);
        var delivery = await AddAsync(await AddWebhookAsync());
        await Host.WriteAsync(db => db.Events.ExecuteUpdateAsync(row => row.SetProperty(happened => happened.Body, body)));

        var claimed = await ClaimOneAsync(delivery);

        Assert.That(claimed.Body, Is.EqualTo(more > 0 ? null : body));
        Assert.That((await Store.FindLeasedAsync(claimed.Id, claimed.Fence, CancellationToken.None))!.Body, Is.EqualTo(claimed.Body));
        Assert.That(await Store.ReadBodyAsync(claimed.EventId, CancellationToken.None), Is.EqualTo(body));
        Assert.That(await Store.ReadBodyAsync("evt_gone", CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_job_s_own_url_is_a_lane_of_its_own()
    {
        var delivery = await AddAsync(happened => Delivery.ToUrl(happened, "https://example.com/mine", Now));

        var claimed = await ClaimOneAsync(delivery);

        Assert.That((claimed.Url, claimed.WebhookId), Is.EqualTo(("https://example.com/mine", (string?)null)));
    }

    [Test]
    public async Task Nothing_is_claimed_before_it_is_due()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        await RecordAsync(Failed(await ClaimOneAsync(delivery), TimeSpan.FromSeconds(5)));

        Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMicroseconds(1));
        Assert.That(await ClaimAsync(delivery), Is.Empty);
        Assert.That(await DueLanesAsync(), Is.Empty);

        Time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.That(await DueLanesAsync(), Is.EqualTo([delivery.Lane]));
        await ClaimOneAsync(delivery);
    }

    [Test]
    public async Task Each_lane_with_something_due_is_found_once_with_its_workspace()
    {
        var (one, two, idle) = (await AddWebhookAsync(), await AddWebhookAsync(), await AddWebhookAsync());
        await AddAsync(one);
        await AddAsync(one);
        await AddAsync(two);
        await EndAsync(await AddAsync(idle), DeliveryState.EndpointDisabled);

        var due = await Store.FindDueLanesAsync(Now, CancellationToken.None);

        Assert.That(due, Is.EquivalentTo([new DueLane(one.Id.Value, WorkspaceId), new DueLane(two.Id.Value, WorkspaceId)]));
    }

    [Test]
    public async Task The_longest_due_come_first_and_no_more_than_were_asked_for()
    {
        var webhook = await AddWebhookAsync();
        var oldest = await AddAsync(webhook);
        var second = await AddAsync(webhook);
        var third = await AddAsync(webhook);

        // Due again only after the others: the order is by when, not by which is older.
        await RecordAsync(Failed((await ClaimAsync(oldest, 1)).Single(), TimeSpan.FromSeconds(1)));
        Time.Advance(TimeSpan.FromSeconds(2));
        var fourth = await AddAsync(webhook);

        Assert.That(Ids(await ClaimAsync(oldest, 3)), Is.EqualTo([second.Id.Value, third.Id.Value, oldest.Id.Value]));
        Assert.That(Ids(await ClaimAsync(oldest, 3)), Is.EqualTo([fourth.Id.Value]));
    }

    [Test]
    public async Task Each_lane_gives_no_more_than_its_own_count()
    {
        var (one, two) = (await AddWebhookAsync(), await AddWebhookAsync());
        for (var i = 0; i < 4; i++)
        {
            await AddAsync(one);
            await AddAsync(two);
        }

        var claimed = await Store.ClaimAsync([new(one.Id.Value, 3), new(two.Id.Value, 1)], Now, Now + Lease, CancellationToken.None);

        Assert.That(claimed.CountBy(delivery => delivery.Lane), Is.EquivalentTo([KeyValuePair.Create(one.Id.Value, 3), KeyValuePair.Create(two.Id.Value, 1)]));
    }

    [Test]
    public async Task An_event_waits_for_the_first_attempt_at_an_earlier_event_of_its_job()
    {
        var webhook = await AddWebhookAsync();
        var second = await AddAsync(webhook, "render_1", 2);
        var first = await AddAsync(webhook, "render_1", 1);
        var otherJob = await AddAsync(webhook, "render_2", 2);
        var otherEndpoint = await AddAsync(await AddWebhookAsync(), "render_1", 3);

        var claimed = await ClaimAsync(first);
        Assert.That(Ids(claimed), Is.EquivalentTo([first.Id.Value, otherJob.Id.Value]));
        await ClaimOneAsync(otherEndpoint);
        Assert.That(await ClaimAsync(second), Is.Empty);

        await RecordAsync(Failed(claimed.Single(delivery => delivery.Id == first.Id.Value), TimeSpan.FromSeconds(5)));
        await ClaimOneAsync(second);
    }

    [Test]
    public async Task A_retry_waits_for_nothing_and_holds_back_nothing()
    {
        var webhook = await AddWebhookAsync();
        var first = await AddAsync(webhook, "render_1", 1);
        await RecordAsync(Failed(await ClaimOneAsync(first), TimeSpan.FromSeconds(5)));
        Time.Advance(TimeSpan.FromSeconds(6));
        var second = await AddAsync(webhook, "render_1", 2);

        Assert.That(Ids(await ClaimAsync(first)), Is.EquivalentTo([first.Id.Value, second.Id.Value]));
    }

    [TestCase(DeliveryState.EndpointDisabled)]
    [TestCase(DeliveryState.Cancelled)]
    public async Task An_event_that_will_not_be_sent_holds_back_nothing(DeliveryState state)
    {
        var webhook = await AddWebhookAsync();
        await EndAsync(await AddAsync(webhook, "render_1", 1), state);
        await ClaimOneAsync(await AddAsync(webhook, "render_1", 2));
    }

    [Test]
    public async Task A_lease_that_ran_out_is_claimed_again_under_a_higher_fence()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var first = await ClaimOneAsync(delivery);

        Time.Advance(Lease - TimeSpan.FromMicroseconds(1));
        Assert.That(await ClaimAsync(delivery), Is.Empty);
        Time.Advance(TimeSpan.FromMicroseconds(1));
        var second = await ClaimOneAsync(delivery);

        Assert.That(second.Fence, Is.GreaterThan(first.Fence));
        Assert.That((second.AttemptId, second.AttemptNumber), Is.EqualTo((first.AttemptId, 1)));
    }

    [Test]
    public async Task Claimers_in_two_processes_never_get_the_same_delivery()
    {
        var webhook = await AddWebhookAsync();
        List<string> all = [];
        for (var i = 0; i < 60; i++)
            all.Add((await AddAsync(webhook)).Id.Value);
        await using var other = NewHost();
        IDispatchStore[] stores = [Store, other.Get<IDispatchStore>()];

        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => ClaimAsync(stores[i % 2], webhook.Id.Value, 2))));

        Assert.That(Ids(claims.SelectMany(claimed => claimed)), Is.EquivalentTo(all));
    }

    [Test]
    public async Task A_delivery_that_its_maker_leased_is_found_under_its_fence_only()
    {
        var webhook = await AddWebhookAsync();
        var ping = await AddAsync(
            happened =>
            {
                var made = Delivery.ToWebhook(happened, webhook, oneShot: true, Now);
                made.LeaseToMaker(Lease);
                return made;
            });

        Assert.That(await ClaimAsync(ping), Is.Empty);
        var found = await Store.FindLeasedAsync(ping.Id.Value, ping.Fence, CancellationToken.None);
        Assert.That((found?.Id, found?.OneShot, found?.Fence), Is.EqualTo((ping.Id.Value, true, ping.Fence)));

        Time.Advance(Lease);
        await ClaimOneAsync(ping);
        Assert.That(await Store.FindLeasedAsync(ping.Id.Value, ping.Fence, CancellationToken.None), Is.Null);
    }

    [Test]
    public async Task A_leased_delivery_that_was_cancelled_is_not_found()
    {
        var delivery = await AddAsync(await AddWebhookAsync());
        var claimed = await ClaimOneAsync(delivery);
        await EndAsync(delivery, DeliveryState.Cancelled);

        Assert.That(await Store.FindLeasedAsync(claimed.Id, claimed.Fence, CancellationToken.None), Is.Null);
    }

    async Task<string[]> DueLanesAsync() => [.. (await Store.FindDueLanesAsync(Now, CancellationToken.None)).Select(due => due.Lane)];
}
