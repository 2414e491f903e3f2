using Framelane.Client;
using DomainPlan = Framelane.Domain.Workspaces.Plan;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>Minutes beyond the pro plan's, of which there is half a one here, come to be billed by Stripe's meter.</summary>
public sealed class MeterTests
{
    const string Scene = """{"width": 64, "height": 32, "frame_rate": 10, "duration": 100, "background_color": "#COLOUR"}""";

    FakeStripe stripe = null!;

    ApiHost host = null!;

    Tenant tenant = null!;

    [SetUp]
    public async Task StartAsync()
    {
        stripe = await FakeStripe.StartAsync();
        host = await ApiHost.StartAsync([.. stripe.Settings, .. FakeStripe.MeterSettings, ("Framelane:Stripe:Prices:enterprise", FakeStripe.OtherPrice), ("Framelane:Plans:pro:RenderMinutes", "0.5")]);
        tenant = await host.AddWorkspaceAsync(DomainPlan.Free);
    }

    [TearDown]
    public async Task StopAsync()
    {
        tenant.Dispose();
        await host.DisposeAsync();
        await stripe.DisposeAsync();
    }

    [Test]
    public async Task Whoever_pays_for_pro_is_billed_the_whole_minutes_beyond_once_even_where_the_answer_is_lost()
    {
        var customer = await SubscribeAsync();
        var lost = 0;
        stripe.BeforeAnswer = context =>
        {
            // It is counted, and nobody hears of that.
            if (context.Request.Path != "/v1/billing/meter_events" || Interlocked.Increment(ref lost) > 1)
                return Task.FromResult(false);
            context.Abort();
            return Task.FromResult(true);
        };
        await RenderAsync("102030");
        await Eventually.HoldsAsync(async () => (await host.Data.Database.CellsAsync()).Any(cell => cell is { Table: "meter_reports", Column: "told_at", Value: long }));
        var (minutes, at) = stripe.MeteredOf(customer).Single();
        Assert.That((minutes, lost), Is.EqualTo(("1", 2)));
        Assert.That(at, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));

        await RenderAsync("302010");
        await Eventually.HoldsAsync(() => stripe.MeteredOf(customer).Count > 1);
        Assert.That(stripe.MeteredOf(customer).Select(each => each.Minutes), Is.EqualTo(new[] { "1", "1" }), "200 s, of which 30 are included and 50 are no whole minute");
        var calls = stripe.Calls.Where(call => call.Route == "POST /v1/billing/meter_events").ToArray();
        Assert.That(calls.Select(call => call.Authorization), Has.All.EqualTo($"Bearer {FakeStripe.Key}"));
        Assert.That(calls.Select(call => call.Form["identifier"]).Distinct().Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_checkout_has_the_price_of_a_minute_too_where_the_plan_bills_minutes()
    {
        await tenant.Client.OpenCheckoutAsync(new() { Plan = Plan.Pro });
        await tenant.Client.OpenCheckoutAsync(new() { Plan = Plan.Enterprise });
        var items = stripe.CallsAbout(stripe.CustomerOf(tenant.Id.Value)).Where(call => call.Route == "POST /v1/checkout/sessions")
            .Select(call => call.Form.Where(field => field.Key.StartsWith("line_items", StringComparison.Ordinal)).Select(field => $"{field.Key} {field.Value}"))
            .ToArray();
        Assert.That(items[0], Is.EquivalentTo(new[] { $"line_items[0][price] {FakeStripe.ProPrice}", "line_items[0][quantity] 1", $"line_items[1][price] {FakeStripe.MinutePrice}" }));
        Assert.That(items[1], Is.EquivalentTo(new[] { $"line_items[0][price] {FakeStripe.OtherPrice}", "line_items[0][quantity] 1" }));
    }

    /// <summary>By a subscription to both prices, which is one to the plan.</summary>
    async Task<string> SubscribeAsync()
    {
        await tenant.Client.OpenBillingPortalAsync();
        var customer = stripe.CustomerOf(tenant.Id.Value);
        stripe.Set(customer, ("active", $"{FakeStripe.MinutePrice},{FakeStripe.ProPrice}"));
        await StripeEvent.Of(customer).SendToAsync(host);
        Assert.That((string?)(await tenant.Raw.GetAsync("/v1/workspace")).Json["plan"], Is.EqualTo("pro"));
        return customer;
    }

    async Task RenderAsync(string colour)
    {
        var id = (string)(await tenant.Raw.PostAsync("/v1/renders", Scene.Replace("COLOUR", colour, StringComparison.Ordinal))).Json["id"]!;
        await Eventually.HoldsAsync(async () => (await tenant.Client.GetRenderAsync(id, wait: 5)).Status == JobStatus.Completed);
    }
}
