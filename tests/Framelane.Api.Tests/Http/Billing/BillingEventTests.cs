using Framelane.Api.Tests.Http.Canary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>Whatever Stripe's events say, and in whatever order they come: the plan becomes what Stripe says of the subscription when it is asked.</summary>
public sealed class BillingEventTests : BillingTests
{
    [TestCase("active", "pro active")]
    [TestCase("trialing", "pro trialing")]
    [TestCase("past_due", "pro past_due")]
    [TestCase("unpaid", "pro past_due")]
    [TestCase("canceled", "free cancelled")]
    [TestCase("incomplete_expired", "free cancelled")]
    [TestCase("paused", "free cancelled")]
    [TestCase("incomplete", "free active")]
    [TestCase("some_new_status", "free active")]
    public async Task What_is_read_is_written_and_not_what_the_event_says(string status, string plan)
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, (status, FakeStripe.ProPrice));

        var answer = await StripeEvent.Of(customer, status: status == "active" ? "canceled" : "active").SendToAsync(Host);

        Assert.That((answer.Status, await PlanOfAsync(Tenant)), Is.EqualTo((200, plan)));
        Assert.That(await PlanChangesOfAsync(Tenant), Is.EqualTo(plan == "free active" ? 0 : 1));
    }

    [Test]
    public async Task A_customer_without_any_subscription_is_on_the_free_plan()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Stripe.Set(customer);
        await StripeEvent.Of(customer).SendToAsync(Host);

        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("free cancelled"));
    }

    [Test]
    public async Task A_price_that_is_no_plans_changes_nothing()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Stripe.Set(customer, ("active", FakeStripe.OtherPrice), ("canceled", FakeStripe.ProPrice));

        var answer = await StripeEvent.Of(customer).SendToAsync(Host);

        Assert.That((answer.Status, await PlanOfAsync(Tenant)), Is.EqualTo((200, "pro active")));
    }

    [Test]
    public async Task Who_ends_what_was_bought_at_a_price_that_nobody_knows_any_more_has_no_plan()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        Stripe.SetOurs(customer, Tenant.Id.Value);
        await StripeEvent.Of(customer).SendToAsync(Host);
        Stripe.Set(customer, ("active", FakeStripe.OtherPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("pro active"), "it goes on, for what is not known");
        Stripe.Set(customer, ("canceled", FakeStripe.OtherPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("free cancelled"));
    }

    [Test]
    public async Task A_plan_may_have_prices_that_are_not_sold_any_more()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.FormerPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("pro active"));
        Stripe.Set(customer, ("canceled", FakeStripe.FormerPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("free cancelled"));
    }

    [Test]
    public async Task A_replay_asks_nobody_and_changes_nothing()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var happened = StripeEvent.Of(customer);
        await happened.SendToAsync(Host);
        var (before, reads) = (await SnapshotAsync(), Stripe.CallsAbout(customer).Count);
        Stripe.Set(customer, ("canceled", FakeStripe.ProPrice));

        var again = await happened.SendToAsync(Host);

        Assert.That((again.Status, again.Body), Is.EqualTo((200, """{"received":true}""")));
        Assert.That(Stripe.CallsAbout(customer), Has.Count.EqualTo(reads));
        Assert.That(await SnapshotAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task An_event_may_have_an_idempotency_key_which_is_the_routes()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var (body, key) = (StripeEvent.Of(customer).Body, ("Idempotency-Key", Guid.NewGuid().ToString()));
        var other = StripeEvent.Of(customer).Body;

        var first = await StripeEvent.SendAsync(Host, body, StripeEvent.Sign(body), key);
        var repeat = await StripeEvent.SendAsync(Host, body, StripeEvent.Sign(body), key);
        var conflict = await StripeEvent.SendAsync(Host, other, StripeEvent.Sign(other), key);

        Assert.That((first.Status, first.Header("Idempotency-Replayed")), Is.EqualTo((200, (string?)null)));
        Assert.That((repeat.Status, repeat.Body, repeat.Header("Idempotency-Replayed")), Is.EqualTo((200, first.Body, "true")));
        Assert.That((conflict.Status, conflict.Code), Is.EqualTo((409, "idempotency_conflict")));
    }

    [TestCase("invoice.paid")]
    [TestCase("customer.deleted")]
    [TestCase("customer.subscription.trial_will_end")]
    public async Task An_event_of_another_type_asks_nobody_and_changes_nothing(string type)
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var (before, reads) = (await SnapshotAsync(), Stripe.CallsAbout(customer).Count);

        var answer = await StripeEvent.Of(customer, type).SendToAsync(Host);

        Assert.That((answer.Status, Stripe.CallsAbout(customer).Count), Is.EqualTo((200, reads)));
        Assert.That(await SnapshotAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_customer_of_nobody_is_nobodys_business()
    {
        await BecomeCustomerAsync(Tenant);
        var before = await SnapshotAsync();
        Stripe.Set("cus_of_another_shop", ("active", FakeStripe.ProPrice));

        var answer = await StripeEvent.Of("cus_of_another_shop", saysWorkspace: Tenant.Id.Value).SendToAsync(Host);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(await SnapshotAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_customer_that_a_restored_database_does_not_know_is_told_of_by_name()
    {
        using var heard = new EverythingHeard();
        await using var host = await ApiHost.StartAsync(services => services.AddSingleton<ILoggerProvider>(heard), Stripe.Settings);
        using var tenant = await host.AddWorkspaceAsync(Domain.Workspaces.Plan.Free);
        using var customer = await host.AddWorkspaceAsync(Domain.Workspaces.Plan.Free);
        await BecomeCustomerAsync(customer);
        foreach (var (id, says) in new[] { ("cus_lost", tenant.Id.Value), ("cus_other", customer.Id.Value), ("cus_strange", "ws_00000000000000000000000000"), ("cus_odd", "'") })
            Assert.That((await StripeEvent.Of(id, saysWorkspace: says).SendToAsync(host)).Status, Is.EqualTo(200));

        var warning = heard.Lines.Single(line => line.StartsWith("Warning Framelane.Application.Billing", StringComparison.Ordinal));
        Assert.That(warning, Does.Contain("cus_lost").And.Contains(tenant.Id.Value));
        Assert.That(await PlanOfAsync(tenant), Is.EqualTo("free active"));
    }

    [Test]
    public async Task An_event_is_for_the_workspace_whose_customer_it_names_and_for_no_other_that_it_names()
    {
        using var other = await Host.AddWorkspaceAsync(Domain.Workspaces.Plan.Free);
        await BecomeCustomerAsync(Tenant);
        var customer = await BecomeCustomerAsync(other);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));

        await StripeEvent.Of(customer, saysWorkspace: Tenant.Id.Value).SendToAsync(Host);

        Assert.That((await PlanOfAsync(Tenant), await PlanOfAsync(other)), Is.EqualTo(("free active", "pro active")));
    }

    [Test]
    public async Task Events_that_come_the_wrong_way_round_end_in_what_is_so()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        await StripeEvent.Of(customer, "customer.subscription.created").SendToAsync(Host);
        Stripe.Set(customer, ("canceled", FakeStripe.ProPrice));

        await StripeEvent.Of(customer, "customer.subscription.deleted", "canceled").SendToAsync(Host);
        await StripeEvent.Of(customer, "customer.subscription.updated", "active").SendToAsync(Host);

        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("free cancelled"));
    }

    [Test]
    public async Task Who_has_ended_one_subscription_and_begun_another_has_the_other()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("past_due", FakeStripe.ProPrice), ("active", FakeStripe.ProPrice), ("canceled", FakeStripe.ProPrice));

        await StripeEvent.Of(customer, "customer.subscription.deleted", "canceled").SendToAsync(Host);

        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("pro active"));
    }
}
