using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;
using static Framelane.Domain.Billing.SubscriptionStatus;

namespace Framelane.Domain.Tests.Billing;

public sealed class StandingTests
{
    [TestCase(Active, PlanStatus.Active)]
    [TestCase(Trialing, PlanStatus.Trialing)]
    [TestCase(PastDue, PlanStatus.PastDue)]
    [TestCase(Unpaid, PlanStatus.PastDue)]
    public void ALiveSubscription_GivesItsPlan(SubscriptionStatus status, PlanStatus stands) =>
        Assert.That(Standing.Of([new(status, Plan.Enterprise)]), Is.EqualTo(new Standing(Plan.Enterprise, stands)));

    [TestCase(Canceled)]
    [TestCase(IncompleteExpired)]
    [TestCase(Paused)]
    public void AnEndedSubscription_LeavesTheFreePlan(SubscriptionStatus status) =>
        Assert.That(Standing.Of([new(status, Plan.Pro)]), Is.EqualTo(new Standing(Plan.Free, PlanStatus.Cancelled)));

    [TestCase(Canceled)]
    [TestCase(IncompleteExpired)]
    [TestCase(Paused)]
    public void AnEndedSubscriptionOfOurs_HasEnded_WhateverItsPrice(SubscriptionStatus status) =>
        Assert.That(Standing.Of([new(status, null, IsOurs: true)]), Is.EqualTo(Standing.Ended));

    [Test]
    public void ALiveSubscriptionOfOurs_WhosePriceIsNotKnown_TakesNothingAway() =>
        Assert.That(Standing.Of([new(Active, null, IsOurs: true), new(Canceled, Plan.Pro, IsOurs: true)]), Is.Null);

    [Test]
    public void NoSubscriptionAtAll_LeavesTheFreePlan() => Assert.That(Standing.Of([]), Is.EqualTo(Standing.Ended));

    [Test]
    public void WhatHasNotBegun_ChangesNothing() => Assert.That(Standing.Of([new(Incomplete, Plan.Pro)]), Is.Null);

    [Test]
    public void WhatHasNotBegun_DoesNotHoldUpWhatHasEnded() =>
        Assert.That(Standing.Of([new(Incomplete, Plan.Pro), new(Canceled, Plan.Pro)]), Is.EqualTo(Standing.Ended));

    [Test]
    public void WhatIsPaidForSomethingElse_TakesNothingAway()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Standing.Of([new(Active, null), new(Canceled, Plan.Pro)]), Is.Null);
            Assert.That(Standing.Of([new(Unknown, Plan.Pro), new(Canceled, Plan.Pro)]), Is.Null);
            Assert.That(Standing.Of([new(Canceled, null)]), Is.Null);
            Assert.That(Standing.Of([new(Active, null), new(Active, Plan.Pro)]), Is.EqualTo(new Standing(Plan.Pro, PlanStatus.Active)));
        }
    }

    [Test]
    public void OfSeveral_ThePaidOneCounts_ThenTheLargerPlan()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Standing.Of([new(Canceled, Plan.Enterprise), new(PastDue, Plan.Enterprise), new(Active, Plan.Pro)]), Is.EqualTo(new Standing(Plan.Pro, PlanStatus.Active)));
            Assert.That(Standing.Of([new(Active, Plan.Pro), new(Active, Plan.Enterprise)]), Is.EqualTo(new Standing(Plan.Enterprise, PlanStatus.Active)));
        }
    }
}
