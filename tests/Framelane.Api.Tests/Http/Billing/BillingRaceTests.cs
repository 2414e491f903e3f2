using Framelane.Api.Tests.Http.Canary;
using Framelane.Application.Abstractions;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>Events that overtake each other, and providers and processes that fail half-way.</summary>
public sealed class BillingRaceTests : BillingTests
{
    [Test]
    public async Task A_read_that_was_overtaken_does_not_put_back_what_it_saw()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        TaskCompletionSource asked = new(), release = new();
        var reads = 0;
        Stripe.BeforeAnswer = async context =>
        {
            // The answer is made up by now: what the first read sees is the state before the second event.
            if (context.Request.Path != "/v1/subscriptions" || Interlocked.Increment(ref reads) > 1)
                return false;
            asked.SetResult();
            await release.Task.InTimeAsync();
            return false;
        };

        var slow = StripeEvent.Of(customer, "customer.subscription.created").SendToAsync(Host);
        await asked.Task.InTimeAsync();
        Stripe.Set(customer, ("canceled", FakeStripe.ProPrice));
        var quick = await StripeEvent.Of(customer, "customer.subscription.deleted").SendToAsync(Host);
        release.SetResult();

        Assert.That(((await slow).Status, quick.Status, reads), Is.EqualTo((200, 200, 2)));
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("free cancelled"));
    }

    [Test]
    public async Task A_read_of_a_customer_that_was_replaced_meanwhile_does_not_give_back_what_it_paid_for()
    {
        var former = await BecomeCustomerAsync(Tenant);
        Stripe.Set(former, ("active", FakeStripe.ProPrice));
        await StripeEvent.Of(former).SendToAsync(Host);
        TaskCompletionSource asked = new(), release = new();
        var reads = 0;
        Stripe.BeforeAnswer = async context =>
        {
            if (context.Request.Path != "/v1/subscriptions" || Interlocked.Increment(ref reads) > 1)
                return false;
            asked.SetResult();
            await release.Task.InTimeAsync();
            return false;
        };

        var slow = StripeEvent.Of(former).SendToAsync(Host);
        await asked.Task.InTimeAsync();
        Stripe.Delete(former);
        await Tenant.Client.OpenBillingPortalAsync();
        release.SetResult();

        Assert.That(((await slow).Status, await PlanOfAsync(Tenant)), Is.EqualTo((200, "free cancelled")));
    }

    [Test]
    public async Task Many_at_once_end_in_the_providers_state()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        var reads = 0;
        Stripe.BeforeAnswer = async context =>
        {
            // What was seen first is told last.
            if (context.Request.Path == "/v1/subscriptions")
                await Task.Delay(Math.Max(0, 700 - 50 * Interlocked.Increment(ref reads)));
            return false;
        };
        for (var round = 0; round < 3; round++)
        {
            reads = 0;
            string[] states = ["active", "past_due", "canceled", "trialing", "active", "canceled", "past_due"];
            List<Task<Answer>> sent = [];
            foreach (var state in states)
            {
                Stripe.Set(customer, (state, FakeStripe.ProPrice));
                sent.AddRange(StripeEvent.Of(customer).SendToAsync(Host), StripeEvent.Of(customer).SendToAsync(Host));
                await Eventually.HoldsAsync(() => Volatile.Read(ref reads) >= sent.Count);
            }

            Assert.That((await Task.WhenAll(sent)).Select(answer => answer.Status), Has.All.EqualTo(200));
            Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("pro past_due"));
        }
    }

    [Test]
    public async Task One_event_that_comes_many_times_at_once_is_handled_once()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var happened = StripeEvent.Of(customer);

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => happened.SendToAsync(Host)));

        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That(await PlanChangesOfAsync(Tenant), Is.EqualTo(1));
        Assert.That((await SnapshotAsync()).Count(row => row.Contains(happened.Id, StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task What_could_not_be_written_is_not_noted_as_handled_and_is_written_when_it_comes_again()
    {
        var isBroken = false;
        await using var host = await ApiHost.StartAsync(services => services.Decorate<IAuditLog>(real => new BrokenAuditLog(real, () => isBroken)), Stripe.Settings);
        using var tenant = await host.AddWorkspaceAsync(Domain.Workspaces.Plan.Free);
        var customer = await BecomeCustomerAsync(tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var happened = StripeEvent.Of(customer);

        isBroken = true;
        var failed = await happened.SendToAsync(host);
        var (plan, noted) = (await PlanOfAsync(tenant), await host.Data.Database.CountAsync("billing_events"));
        isBroken = false;
        var again = await happened.SendToAsync(host);

        Assert.That((failed.Status, plan, noted), Is.EqualTo((500, "free active", 0)));
        Assert.That((again.Status, await PlanOfAsync(tenant)), Is.EqualTo((200, "pro active")));
    }
}
