using System.Text.Json.Nodes;
using Framelane.Application.Operators;
using Framelane.Client;
using Framelane.Domain.Audit;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>The addresses of Stripe's pages: portal and checkout.</summary>
public sealed class BillingLinkTests : BillingTests
{
    const string Pro = """{"plan": "pro"}""";

    [Test]
    public async Task A_workspace_that_is_deleted_is_no_customer_any_more_and_pays_no_more()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Assert.That((await Tenant.Raw.SendAsync("DELETE", "/v1/workspace")).Status, Is.EqualTo(202));
        await Eventually.HoldsAsync(() => Stripe.Calls.Any(call => call.Route == $"DELETE /v1/customers/{customer}"));
    }

    [Test]
    public async Task The_portal_is_opened_for_the_workspaces_customer_who_is_made_once()
    {
        var first = await Tenant.Client.OpenBillingPortalAsync();
        var customer = Stripe.CustomerOf(Tenant.Id.Value);
        var second = await Tenant.Client.OpenBillingPortalAsync();
        var calls = Stripe.Calls.Where(call => call.Form.Values.Contains(Tenant.Id.Value) || call.Form.Values.Contains(customer)).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(first.Url.Host, Is.EqualTo("billing.stripe.com"));
            Assert.That(second.Url, Is.Not.EqualTo(first.Url));
            Assert.That(Tenant.Last.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(calls.Select(call => call.Route), Is.EqualTo(new[] { "POST /v1/customers", "POST /v1/billing_portal/sessions", "POST /v1/billing_portal/sessions" }));
            Assert.That(calls.Select(call => call.Authorization), Has.All.EqualTo($"Bearer {FakeStripe.Key}"));
            Assert.That(calls[0].Form, Is.EqualTo(new Dictionary<string, string> { ["metadata[workspace_id]"] = Tenant.Id.Value }));
            Assert.That(calls[1].Form["return_url"], Is.EqualTo(Host.Url.AbsoluteUri));
        });
    }

    [Test]
    public async Task Twenty_who_come_at_once_are_one_customer()
    {
        Stripe.BeforeAnswer = async context =>
        {
            // Nobody is stored before all have asked.
            if (context.Request.Path == "/v1/customers")
                await Eventually.HoldsAsync(() => Stripe.Calls.Count(call => call.Form.Values.Contains(Tenant.Id.Value)) == 20);
            return false;
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Tenant.Raw.PostAsync("/v1/billing/portal")));

        var opened = Stripe.Calls.Where(call => call.Route == "POST /v1/billing_portal/sessions").TakeLast(20).Select(call => call.Form["customer"]).Distinct();
        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That(opened, Is.EqualTo(new[] { Stripe.CustomerOf(Tenant.Id.Value) }));
        Assert.That((await SnapshotAsync()).Count(row => row.StartsWith("billing_accounts:", StringComparison.Ordinal) && row.Contains(Tenant.Id.Value, StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_checkout_is_for_the_plans_price_and_leads_back_here()
    {
        var opened = await Tenant.Client.OpenCheckoutAsync(new() { Plan = Plan.Pro });

        var call = Stripe.CallsAbout(Stripe.CustomerOf(Tenant.Id.Value)).Single(call => call.Route == "POST /v1/checkout/sessions");
        Assert.That(opened.Url.Host, Is.EqualTo("checkout.stripe.com"));
        Assert.That(call.Form, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["mode"] = "subscription",
            ["customer"] = Stripe.CustomerOf(Tenant.Id.Value),
            ["client_reference_id"] = Tenant.Id.Value,
            ["line_items[0][price]"] = FakeStripe.ProPrice,
            ["line_items[0][quantity]"] = "1",
            ["success_url"] = $"{Host.Url}?checkout=success",
            ["cancel_url"] = $"{Host.Url}?checkout=cancelled",
            ["metadata[workspace_id]"] = Tenant.Id.Value,
            ["subscription_data[metadata][workspace_id]"] = Tenant.Id.Value,
        }));
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("free active"), "Nothing is paid yet.");
    }

    [TestCase("/v1/billing/portal", null)]
    [TestCase("/v1/billing/checkout", Pro)]
    public async Task Whose_customer_was_deleted_at_Stripe_becomes_another_one_and_all_that_come_at_once_the_same(string route, string? body)
    {
        var former = await BecomeCustomerAsync(Tenant);
        Stripe.Delete(former);

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Tenant.Raw.PostAsync(route, body)));

        var customer = Stripe.CustomerOf(Tenant.Id.Value);
        Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
        Assert.That(customer, Is.Not.EqualTo(former));
        Assert.That(Stripe.CallsAbout(customer).Count(call => call.Route.EndsWith("/sessions", StringComparison.Ordinal)), Is.EqualTo(5));

        // Its events are the workspace's from now on.
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("pro active"));
    }

    [TestCase("/v1/billing/portal", null)]
    [TestCase("/v1/billing/checkout", Pro)]
    public async Task Who_subscribed_as_a_customer_that_was_deleted_at_Stripe_has_no_plan_even_if_the_event_comes_too_late(string route, string? body)
    {
        var former = await BecomeCustomerAsync(Tenant);
        await SubscribeAsync(former);
        Stripe.Delete(former);

        var opened = await Tenant.Raw.PostAsync(route, body);
        var plan = await PlanOfAsync(Tenant);
        var late = await StripeEvent.Of(former, "customer.subscription.deleted").SendToAsync(Host);

        Assert.That((opened.Status, plan), Is.EqualTo((200, "free cancelled")));
        Assert.That((late.Status, await PlanOfAsync(Tenant)), Is.EqualTo((200, "free cancelled")));
        Assert.That(await PlanChangesOfAsync(Tenant), Is.EqualTo(2));
        await SubscribeAsync(Stripe.CustomerOf(Tenant.Id.Value));
    }

    [Test]
    public async Task Who_never_subscribed_keeps_the_plan_when_the_customer_is_replaced()
    {
        using var tenant = await Host.AddWorkspaceAsync(Domain.Workspaces.Plan.Pro);
        Stripe.Delete(await BecomeCustomerAsync(tenant));

        await tenant.Client.OpenBillingPortalAsync();

        Assert.That((await PlanOfAsync(tenant), await PlanChangesOfAsync(tenant)), Is.EqualTo(("pro active", 0)));
    }

    [TestCase("canceled")]
    [TestCase("active")]
    public async Task Who_was_put_on_a_plan_by_hand_after_a_subscription_keeps_it_when_the_customer_is_replaced(string status)
    {
        var former = await BecomeCustomerAsync(Tenant);
        await SubscribeAsync(former);
        Stripe.Set(former, (status, FakeStripe.ProPrice));
        await StripeEvent.Of(former).SendToAsync(Host);
        await PutByHandAsync();
        Stripe.Delete(former);

        await Tenant.Client.OpenBillingPortalAsync();

        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("enterprise active"));
    }

    [Test]
    public async Task Who_was_put_on_a_plan_by_hand_and_pays_a_price_that_is_no_plans_keeps_it_when_the_customer_is_replaced()
    {
        var former = await BecomeCustomerAsync(Tenant);
        await PutByHandAsync();
        Stripe.Set(former, ("active", FakeStripe.OtherPrice));
        await StripeEvent.Of(former).SendToAsync(Host);
        Stripe.Delete(former);

        await Tenant.Client.OpenBillingPortalAsync();

        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("enterprise active"));
    }

    [TestCase("/v1/billing/portal", null)]
    [TestCase("/v1/billing/checkout", Pro)]
    public async Task A_customer_that_the_account_does_not_know_at_all_is_not_replaced_for_the_key_may_be_wrong(string route, string? body)
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Disown(customer);

        var answer = await Tenant.Raw.PostAsync(route, body);

        Assert.That((answer.Status, answer.Code), Is.EqualTo((503, "unavailable")));
        Stripe.Own(customer);
        Assert.That((await Tenant.Raw.PostAsync(route, body)).Status, Is.EqualTo(200));
        Assert.That(Stripe.CustomerOf(Tenant.Id.Value), Is.EqualTo(customer), "it stayed stored");
    }

    [TestCase("active", 409)]
    [TestCase("trialing", 409)]
    [TestCase("past_due", 409)]
    [TestCase("unpaid", 409)]
    [TestCase("canceled", 200)]
    [TestCase("incomplete_expired", 200)]
    [TestCase("incomplete", 200)]
    public async Task Who_has_a_subscription_already_is_sent_to_the_portal_even_before_its_event_is_here(string status, int answered)
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, (status, FakeStripe.ProPrice));

        var answer = await Tenant.Raw.PostAsync("/v1/billing/checkout", Pro);

        Assert.That(answer.Status, Is.EqualTo(answered), answer.Body);
        if (answered == 409)
            Assert.That((answer.Code, answer.Message), Is.EqualTo(("conflict", "The workspace has a subscription already. Change or end it in the portal: POST /v1/billing/portal.")));
    }

    [TestCase("active", 409)]
    [TestCase("past_due", 409)]
    [TestCase("canceled", 200)]
    public async Task Who_pays_a_price_that_is_not_sold_any_more_cannot_buy_a_second_subscription(string status, int answered)
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, (status, FakeStripe.OtherPrice));
        Assert.That((await Tenant.Raw.PostAsync("/v1/billing/checkout", Pro)).Status, Is.EqualTo(200), "what else is paid for is no plan");
        Stripe.SetOurs(customer, Tenant.Id.Value);

        var answer = await Tenant.Raw.PostAsync("/v1/billing/checkout", Pro);

        Assert.That(answer.Status, Is.EqualTo(answered), answer.Body);
    }

    [TestCase("""{"plan": "free"}""", "body/plan not_sold")]
    [TestCase("""{"plan": "enterprise"}""", "body/plan not_sold")]
    [TestCase("""{"plan": "gold"}""", "body/plan enum")]
    [TestCase("""{"plan": null}""", "body/plan enum")]
    [TestCase("{}", "body/plan missing")]
    public async Task What_is_not_sold_cannot_be_bought(string body, string fault)
    {
        var before = Stripe.Calls.Count;
        var answer = await Tenant.Raw.PostAsync("/v1/billing/checkout", body);

        Assert.That((answer.Status, answer.Faults.SingleOrDefault()), Is.EqualTo((422, fault)), answer.Body);
        Assert.That(Stripe.Calls, Has.Count.EqualTo(before));
    }

    [Test]
    public async Task A_repeat_gets_the_same_page()
    {
        var first = await Tenant.Raw.PostAsync("/v1/billing/checkout", Pro, ("Idempotency-Key", "buy"));
        var again = await Tenant.Raw.PostAsync("/v1/billing/checkout", Pro, ("Idempotency-Key", "buy"));

        Assert.That((again.Status, again.Body), Is.EqualTo((200, first.Body)));
        Assert.That(Stripe.CallsAbout(Stripe.CustomerOf(Tenant.Id.Value)).Count(call => call.Route == "POST /v1/checkout/sessions"), Is.EqualTo(1));
    }

    [TestCase("/v1/billing/portal", null)]
    [TestCase("/v1/billing/checkout", Pro)]
    public async Task A_workspace_opens_ten_pages_a_minute_and_what_it_asks_beyond_gets_to_no_Stripe(string route, string? body)
    {
        await using var stripe = await FakeStripe.StartAsync();
        await using var host = await ApiHost.StartAsync([.. stripe.Settings, ("Framelane:RateLimits:BillingPagesPerMinute", "10")]);
        using var tenant = await host.AddWorkspaceAsync();
        using var other = await host.AddWorkspaceAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => tenant.Raw.PostAsync(route, body)));

        Assert.That(answers.Count(answer => answer.Status == 200), Is.EqualTo(10));
        Assert.That(answers.Where(answer => answer.Status != 200).Select(answer => (answer.Code, answer.Header("RateLimit-Limit"))), Has.All.EqualTo(("rate_limited", "10")));
        Assert.That(stripe.Calls.Count(call => call.Route.EndsWith("/sessions", StringComparison.Ordinal)), Is.EqualTo(10));
        Assert.That((await tenant.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));
        Assert.That((await other.Raw.PostAsync(route, body)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Without_configuration_there_is_no_billing()
    {
        await using var host = await ApiHost.StartAsync();
        using var tenant = await host.AddWorkspaceAsync();
        var body = StripeEvent.Of("cus_1").Body;
        Answer[] answers =
        [
            await tenant.Raw.PostAsync("/v1/billing/portal"),
            await tenant.Raw.PostAsync("/v1/billing/checkout", Pro),
            await StripeEvent.SendAsync(host, body, StripeEvent.Sign(body)),
            await StripeEvent.SendAsync(host, body, null),
        ];

        Assert.That(answers.Select(answer => (answer.Status, answer.Code)), Has.All.EqualTo((503, "not_configured")));
        Assert.That(await AccountsAsync(host), Is.EqualTo("""[{"type":"billing","supported":false,"parameters":{"plan":{"type":"string","min":null,"max":null,"default":null,"enum":[]}},"reason":"not_configured"}]"""));
    }

    [Test]
    public async Task Capabilities_tell_what_can_be_bought() =>
        Assert.That(await AccountsAsync(Host), Is.EqualTo("""[{"type":"billing","supported":true,"parameters":{"plan":{"type":"string","min":null,"max":null,"default":null,"enum":["pro"]}}}]"""));

    async Task SubscribeAsync(string customer)
    {
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("pro active"));
    }

    async Task PutByHandAsync()
    {
        await using var scope = Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ISender>().Send(new ChangePlanCommand(Actor.System(Tenant.Id), Domain.Workspaces.Plan.Enterprise));
    }

    static async Task<string> AccountsAsync(ApiHost host) => new JsonArray(
        [.. (await host.Nobody.GetAsync("/v1/capabilities")).Json["accounts"]!.AsArray().Where(entry => (string?)entry!["type"] == "billing").Select(entry => entry!.DeepClone())]).ToJsonString();
}
