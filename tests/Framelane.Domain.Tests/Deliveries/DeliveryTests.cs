using Framelane.Domain.Deliveries;
using Framelane.Domain.Events;

namespace Framelane.Domain.Tests.Deliveries;

public sealed class DeliveryTests
{
    static readonly DateTimeOffset Later = Given.Start.AddHours(1);

    [Test]
    public void ToWebhook_IsDueAtOnce_AsTheFirstAttempt()
    {
        var (happened, webhook) = (Given.Event(), Given.Webhook());

        var delivery = Delivery.ToWebhook(happened, webhook, oneShot: false, Later);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(delivery.State, Is.EqualTo(DeliveryState.Pending));
            Assert.That(delivery.WebhookId, Is.EqualTo(webhook.Id));
            Assert.That(delivery.Url, Is.Null, "the webhook's own address counts, whatever it is by then");
            Assert.That(delivery.Lane, Is.EqualTo(webhook.Id.Value));
            Assert.That(delivery.WorkspaceId, Is.EqualTo(happened.WorkspaceId));
            Assert.That(delivery.EventId, Is.EqualTo(happened.Id));
            Assert.That(delivery.EventType, Is.EqualTo("render.completed"));
            Assert.That(delivery.JobId, Is.EqualTo("render_1"));
            Assert.That(delivery.Sequence, Is.EqualTo(3));
            Assert.That((delivery.AttemptNumber, delivery.Step, delivery.Fence), Is.EqualTo((1, 0, 0L)));
            Assert.That(
                new[] { delivery.CreatedAt, delivery.ScheduledAt, delivery.NextAttemptAt, delivery.ClaimableAt },
                Is.All.EqualTo(Later));
        }
    }

    [Test]
    public void ToWebhook_ThatIsDisabled_IsDeadAtOnceForRecoverToFind() => Assert.That(
        Delivery.ToWebhook(Given.Event(), Given.Webhook(enabled: false), oneShot: false, Later).State,
        Is.EqualTo(DeliveryState.EndpointDisabled));

    [Test]
    public void ToWebhook_OneShot_IsPendingEvenWhereTheWebhookIsDisabled()
    {
        var ping = Delivery.ToWebhook(Given.Event(EventTypes.Ping, jobId: null), Given.Webhook(enabled: false), oneShot: true, Later);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ping.State, Is.EqualTo(DeliveryState.Pending));
            Assert.That(ping.OneShot, Is.True);
        }
    }

    [Test]
    public void ToUrl_WaitsInTheLaneOfItsUrl()
    {
        var happened = Given.Event();

        var delivery = Delivery.ToUrl(happened, "https://example.com/once", Later);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(delivery.State, Is.EqualTo(DeliveryState.Pending));
            Assert.That(delivery.WebhookId, Is.Null);
            Assert.That(delivery.Url, Is.EqualTo("https://example.com/once"));
            Assert.That(delivery.Lane, Is.EqualTo(LaneKey.OfUrl(happened.WorkspaceId, "https://example.com/once")));
            Assert.That(delivery.OneShot, Is.False);
        }
    }

    [Test]
    public void LeaseToMaker_KeepsOthersAwayForTheLease()
    {
        var delivery = Given.Delivery();

        delivery.LeaseToMaker(TimeSpan.FromSeconds(30));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(delivery.ClaimableAt, Is.EqualTo(Given.Start.AddSeconds(30)));
            Assert.That(delivery.NextAttemptAt, Is.EqualTo(Given.Start));
            Assert.That(delivery.Fence, Is.EqualTo(1));
        }
    }

    [TestCase(DeliveryState.Pending, ExpectedResult = false)]
    [TestCase(DeliveryState.EndpointDisabled, ExpectedResult = false, Description = "its attempt was never made")]
    [TestCase(DeliveryState.Succeeded, ExpectedResult = true)]
    [TestCase(DeliveryState.DeadLettered, ExpectedResult = true)]
    public bool Redeliver_IsANewAttemptOnlyWhereTheLastOneWasMade(DeliveryState state)
    {
        var delivery = Worn(state);
        var attempt = delivery.AttemptId;

        delivery.Redeliver(Later);

        Assert.That(delivery.AttemptNumber, Is.EqualTo(delivery.AttemptId == attempt ? 5 : 6), "the number follows the attempt");
        return delivery.AttemptId != attempt;
    }

    [TestCase(DeliveryState.Pending)]
    [TestCase(DeliveryState.EndpointDisabled)]
    [TestCase(DeliveryState.Succeeded)]
    [TestCase(DeliveryState.DeadLettered)]
    public void Redeliver_StartsTheScheduleAnew_AndFencesOffWhoeverHeldIt(DeliveryState state)
    {
        var delivery = Worn(state);

        delivery.Redeliver(Later);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(delivery.State, Is.EqualTo(DeliveryState.Pending));
            Assert.That(delivery.Step, Is.Zero);
            Assert.That(delivery.Fence, Is.EqualTo(9));
            Assert.That(new[] { delivery.ScheduledAt, delivery.NextAttemptAt, delivery.ClaimableAt }, Is.All.EqualTo(Later));
            Assert.That(delivery.CreatedAt, Is.EqualTo(Given.Start));
        }
    }

    [Test]
    public void Redeliver_OfAnAttemptThatWaitsForItsRetry_BringsItForward()
    {
        var delivery = Worn(DeliveryState.Pending)
            .Stored(nameof(Delivery.NextAttemptAt), Later.AddHours(5))
            .Stored(nameof(Delivery.ClaimableAt), Later.AddHours(5));

        delivery.Redeliver(Later);

        Assert.That(new[] { delivery.NextAttemptAt, delivery.ClaimableAt }, Is.All.EqualTo(Later));
    }

    [TestCase(DeliveryState.Pending)]
    [TestCase(DeliveryState.EndpointDisabled, Description = "since it began")]
    public void Redeliver_WhileAnAttemptRuns_LeavesItToEnd_AndStartsTheScheduleBehindIt(DeliveryState state)
    {
        var delivery = Worn(state).Stored(nameof(Delivery.ClaimableAt), Later.AddSeconds(1));

        delivery.Redeliver(Later);

        AssertLeft(delivery, DeliveryState.Pending, Delivery.StartsAnew);
        Assert.That(delivery.ClaimableAt, Is.EqualTo(Later.AddSeconds(1)));
    }

    [Test]
    public void Redeliver_WhileTheOneAttemptOfAPingRuns_ChangesNothing()
    {
        var delivery = Worn(DeliveryState.Pending)
            .Stored(nameof(Delivery.OneShot), true)
            .Stored(nameof(Delivery.ClaimableAt), Later.AddSeconds(1));

        delivery.Redeliver(Later);

        AssertLeft(delivery, DeliveryState.Pending);
    }

    [Test]
    public void Redeliver_OfAnAttemptWhoseLeaseHasJustRunOut_TakesItOver()
    {
        var delivery = Worn(DeliveryState.Pending).Stored(nameof(Delivery.ClaimableAt), Later);

        delivery.Redeliver(Later);

        Assert.That((delivery.Step, delivery.Fence), Is.EqualTo((0, 9L)));
    }

    [Test]
    public void Redeliver_OfACancelledOne_ChangesNothing()
    {
        var delivery = Worn(DeliveryState.Cancelled);

        delivery.Redeliver(Later);

        AssertLeft(delivery, DeliveryState.Cancelled);
    }

    [TestCase(DeliveryState.Succeeded)]
    [TestCase(DeliveryState.DeadLettered)]
    public void Redeliver_OfAnEndedOneWithALeaseLeftOver_IsNotTakenForRunning(DeliveryState state)
    {
        var delivery = Worn(state).Stored(nameof(Delivery.ClaimableAt), Later.AddSeconds(1));

        delivery.Redeliver(Later);

        Assert.That((delivery.State, delivery.ClaimableAt), Is.EqualTo((DeliveryState.Pending, Later)));
    }

    /// <summary>A delivery that has been through four attempts and eight claims.</summary>
    static Delivery Worn(DeliveryState state) => Given.Delivery()
        .Stored(nameof(Delivery.State), state)
        .Stored(nameof(Delivery.AttemptNumber), 5)
        .Stored(nameof(Delivery.Step), 4)
        .Stored(nameof(Delivery.Fence), 8L);

    static void AssertLeft(Delivery delivery, DeliveryState state, int step = 4)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(delivery.State, Is.EqualTo(state));
            Assert.That((delivery.AttemptNumber, delivery.Step, delivery.Fence), Is.EqualTo((5, step, 8L)));
            Assert.That(delivery.NextAttemptAt, Is.EqualTo(Given.Start));
        }
    }
}
