using Framelane.Application.Billing.Portal;
using Framelane.Domain.Audit;
using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;
using Moq;

namespace Framelane.Application.Tests.Billing;

public sealed class ReplacedCustomerTests
{
    static readonly Uri Page = new("https://billing.example.com/");

    readonly Application app = new();

    readonly BillingAccount account;

    IReadOnlyList<Subscription> had = [];

    public ReplacedCustomerTests()
    {
        account = BillingAccount.Open(app.Workspace.Id, "cus_1", Application.Start);
        account.TryWrite(account.BeginRead(), givesPlan: true);
        app.Accounts.Setup(port => port.FindAsync(app.Workspace.Id, It.IsAny<CancellationToken>())).ReturnsAsync(account);
        app.Billing.Setup(port => port.OpenPortalAsync("cus_1", It.IsAny<CancellationToken>())).ReturnsAsync((Uri?)null);
        app.Billing.Setup(port => port.OpenPortalAsync("cus_2", It.IsAny<CancellationToken>())).ReturnsAsync(Page);
        app.Billing.Setup(port => port.ReadSubscriptionsAsync("cus_1", It.IsAny<CancellationToken>())).Callback(() => app.Journal.Add("read")).ReturnsAsync(() => had);
        app.Billing.Setup(port => port.CreateCustomerAsync(app.Workspace.Id, "cus_1", It.IsAny<CancellationToken>())).Callback(() => app.Journal.Add("create")).ReturnsAsync("cus_2");
    }

    [TestCase(null, null, Plan.Free)]
    [TestCase(SubscriptionStatus.Canceled, Plan.Pro, Plan.Free)]
    [TestCase(SubscriptionStatus.Active, Plan.Pro, Plan.Free)]
    [TestCase(SubscriptionStatus.Canceled, null, Plan.Pro)]
    public async Task WhatADeletedCustomerPaidFor_EndsWithTheReplacement(SubscriptionStatus? status, Plan? paid, Plan plan)
    {
        had = status is { } known ? [new(known, paid)] : [];

        var answer = await app.Send(new OpenPortalCommand(app.Workspace.Id));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answer.Value!.Url, account.CustomerId, app.Workspace.Plan), Is.EqualTo((Page, "cus_2", plan)));
            string[] journal = ["read", "create", "begin", "lock workspace", .. plan == Plan.Free ? ["audit"] : Array.Empty<string>(), "commit"];
            Assert.That(app.Journal, Is.EqualTo(journal));
            Assert.That(app.Audited.Select(entry => entry.Action), Has.All.EqualTo(AuditActions.PlanChanged));
        }
    }

    [Test]
    public async Task APlanThatNoReadGave_Stays()
    {
        account.Overrule();

        await app.Send(new OpenPortalCommand(app.Workspace.Id));

        Assert.That((account.CustomerId, app.Workspace.Plan, app.Audited.Count), Is.EqualTo(("cus_2", Plan.Pro, 0)));
    }
}
