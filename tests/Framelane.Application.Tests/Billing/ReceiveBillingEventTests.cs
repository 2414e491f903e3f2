using Framelane.Application.Abstractions;
using Framelane.Application.Billing.Events;
using Framelane.Domain.Audit;
using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Billing;

public sealed class ReceiveBillingEventTests
{
    static readonly ProviderEvent Happened = new("evt_1", "customer.subscription.updated", IsAboutSubscription: true, "cus_1");

    readonly Application app = new();

    readonly BillingAccount account;

    readonly List<BillingEvent> handled = [];

    IReadOnlyList<Subscription> has = [new(SubscriptionStatus.PastDue, Plan.Enterprise)];

    public ReceiveBillingEventTests()
    {
        account = BillingAccount.Open(app.Workspace.Id, "cus_1", Application.Start);
        app.Accounts.Setup(port => port.FindOwnerAsync("cus_1", It.IsAny<CancellationToken>())).ReturnsAsync(app.Workspace.Id);
        app.Accounts.Setup(port => port.FindAsync(app.Workspace.Id, It.IsAny<CancellationToken>())).ReturnsAsync(account);
        app.Accounts.Setup(port => port.WasHandledAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).ReturnsAsync((string id, CancellationToken _) => handled.Any(each => each.Id == id));
        app.Accounts.Setup(port => port.Add(It.IsAny<BillingEvent>())).Callback((BillingEvent each) =>
        {
            app.Journal.Add("note");
            handled.Add(each);
        });
        app.Billing.Setup(port => port.ReadSubscriptionsAsync("cus_1", It.IsAny<CancellationToken>())).Callback(() => app.Journal.Add("read")).ReturnsAsync(() => has);
    }

    [Test]
    public async Task AnEvent_IsReadBetweenTheTransactions_AndNotedWithWhatIsWritten()
    {
        var answer = await app.Send(new ReceiveBillingEventCommand(Happened));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Value, Is.EqualTo(new BillingEventResponse(true)));
            Assert.That(app.Journal, Is.EqualTo(new[] { "begin", "lock workspace", "commit", "read", "begin", "lock workspace", "note", "audit", "commit" }));
            Assert.That((app.Workspace.Plan, app.Workspace.PlanStatus), Is.EqualTo((Plan.Enterprise, PlanStatus.PastDue)));
            Assert.That(app.Audited.Select(entry => (entry.Action, entry.TargetId, entry.ApiKeyId)), Is.EqualTo(new[] { (AuditActions.PlanChanged, app.Workspace.Id.Value, (Domain.ApiKeys.ApiKeyId?)null) }));
            Assert.That(handled.Select(each => (each.Id, each.Type, each.WorkspaceId, each.HandledAt)), Is.EqualTo(new[] { ("evt_1", Happened.Type, app.Workspace.Id, Application.Start) }));
        }
    }

    [Test]
    public async Task WithAnIdempotencyKey_TheAnswerIsRememberedWithTheSecondTransaction()
    {
        var claim = new IdempotencyClaim("scope", "key", 1);
        app.Get<IdempotencyContext>().Claim = claim;

        var answer = await app.Send(new ReceiveBillingEventCommand(Happened));

        Assert.That(app.UnitOfWork.Remembered, Is.EqualTo(new[] { (claim, (object?)answer.Value) }));
    }

    [Test]
    public async Task WhatStandsAlready_IsNotAudited()
    {
        has = [new(SubscriptionStatus.Active, app.Workspace.Plan)];

        await app.Send(new ReceiveBillingEventCommand(Happened));

        Assert.That((app.Audited.Count, handled.Count), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task AReadThatWasOvertaken_IsNotedAndNotWritten()
    {
        app.Billing.Setup(port => port.ReadSubscriptionsAsync("cus_1", It.IsAny<CancellationToken>()))
            .Callback(() => account.TryWrite(account.BeginRead(), givesPlan: true))
            .ReturnsAsync(() => has);

        await app.Send(new ReceiveBillingEventCommand(Happened));

        Assert.That((app.Workspace.Plan, app.Audited.Count, handled.Count), Is.EqualTo((Plan.Pro, 0, 1)));
    }

    [Test]
    public async Task WhatWasHandledMeanwhile_IsNotWrittenAgain()
    {
        app.Billing.Setup(port => port.ReadSubscriptionsAsync("cus_1", It.IsAny<CancellationToken>()))
            .Callback(() => handled.Add(BillingEvent.Handled("evt_1", Happened.Type, app.Workspace.Id, Application.Start)))
            .ReturnsAsync(() => has);

        await app.Send(new ReceiveBillingEventCommand(Happened));

        Assert.That((app.Workspace.Plan, handled.Count), Is.EqualTo((Plan.Pro, 1)));
    }

    [Test]
    public void WithoutAProvider_NothingIsNoted()
    {
        app.Billing.Setup(port => port.ReadSubscriptionsAsync("cus_1", It.IsAny<CancellationToken>())).ThrowsAsync(new UnavailableException("away"));

        Assert.That(() => app.Send(new ReceiveBillingEventCommand(Happened)), Throws.TypeOf<UnavailableException>());
        Assert.That((app.Workspace.Plan, handled.Count), Is.EqualTo((Plan.Pro, 0)));
    }
}
