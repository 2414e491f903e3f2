using Framelane.Api.Tests.Http.Canary;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>Stripe that refuses, fails, says nonsense or nothing: 503, nothing kept, and not a word of it.</summary>
public sealed class BillingOutageTests : BillingTests
{
    const string Leak = "Invalid API Key provided: " + FakeStripe.Key + ", for card 4242 4242 4242 4242";

    static readonly Dictionary<string, Func<HttpContext, Task>> Faults = new()
    {
        ["401"] = context => ErrorAsync(context, 401, "invalid_request_error", FakeStripe.Key),
        ["402"] = context => ErrorAsync(context, 402, "card_error", "card_declined"),
        ["404"] = context => ErrorAsync(context, 404, "invalid_request_error", "resource_missing"),
        ["429"] = context => ErrorAsync(context, 429, "invalid_request_error", "rate_limit"),
        ["500"] = context => ErrorAsync(context, 500, "api_error", null),
        ["no JSON"] = context => WriteAsync(context, 200, "<html>" + Leak),
        ["an error that is no JSON"] = context => WriteAsync(context, 502, "<html>" + Leak),
        ["another shape"] = context => WriteAsync(context, 200, "[1, 2]"),
        ["another shape of error"] = context => WriteAsync(context, 400, "[1, 2]"),
        ["null"] = context => WriteAsync(context, 200, "null"),
        ["elsewhere"] = context =>
        {
            context.Response.Headers.Location = $"{Stripe.Url}/v1/elsewhere";
            return WriteAsync(context, 302, "{}");
        },
        ["cut off"] = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        },
    };

    static IEnumerable<string> FaultNames => Faults.Keys;

    [TestCaseSource(nameof(FaultNames))]
    public async Task Nothing_is_kept_and_the_event_may_come_again(string fault)
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var happened = StripeEvent.Of(customer);
        FailWith(Faults[fault]);

        Answer[] failed =
        [
            await happened.SendToAsync(Host),
            await Tenant.Raw.PostAsync("/v1/billing/portal"),
            await Tenant.Raw.PostAsync("/v1/billing/checkout", """{"plan": "pro"}""", ("Idempotency-Key", "buy")),
        ];
        var (plan, noted) = (await PlanOfAsync(Tenant), (await SnapshotAsync()).Count(row => row.Contains(happened.Id, StringComparison.Ordinal)));
        Stripe.BeforeAnswer = null;
        var again = await happened.SendToAsync(Host);

        Assert.That(failed.Select(answer => (answer.Status, answer.Code, answer.Message)), Has.All.EqualTo((503, "unavailable", "Not available at the moment. Try again.")));
        Assert.That((plan, noted), Is.EqualTo(("free active", 0)));
        Assert.That((again.Status, await PlanOfAsync(Tenant)), Is.EqualTo((200, "pro active")));
        Assert.That(Stripe.Calls.Select(call => call.Route), Has.None.Contains("elsewhere"));
    }

    [Test]
    public async Task One_failure_is_got_over()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        var failures = 0;
        Stripe.BeforeAnswer = async context =>
        {
            if (Interlocked.Increment(ref failures) > 1)
                return false;
            await Faults["500"](context);
            return true;
        };

        Assert.That((await StripeEvent.Of(customer).SendToAsync(Host)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_Stripe_that_says_nothing_is_waited_for_no_longer_than_it_waits_itself()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        TaskCompletionSource release = new();
        Stripe.BeforeAnswer = async _ =>
        {
            await release.Task;
            return false;
        };
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var answer = await StripeEvent.Of(customer).SendToAsync(Host);

        release.SetResult();
        Assert.That((answer.Status, answer.Code), Is.EqualTo((503, "unavailable")));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public async Task A_customer_that_Stripe_has_no_more_has_nothing()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Stripe.Delete(customer);

        await StripeEvent.Of(customer).SendToAsync(Host);

        Assert.That(await PlanOfAsync(Tenant), Is.EqualTo("free cancelled"));
    }

    [Test]
    public async Task A_customer_that_a_wrong_key_does_not_know_keeps_what_it_has()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Set(customer, ("active", FakeStripe.ProPrice));
        await StripeEvent.Of(customer).SendToAsync(Host);
        Stripe.Set(customer, ("canceled", FakeStripe.ProPrice));
        var happened = StripeEvent.Of(customer);
        Stripe.Disown(customer);

        var (refused, plan) = ((await happened.SendToAsync(Host)).Status, await PlanOfAsync(Tenant));
        Stripe.Own(customer);
        var taken = (await happened.SendToAsync(Host)).Status;

        Assert.That((refused, plan), Is.EqualTo((503, "pro active")));
        Assert.That((taken, await PlanOfAsync(Tenant)), Is.EqualTo((200, "free cancelled")));
    }

    [Test]
    public async Task A_deleted_workspaces_customer_is_not_forgotten_for_a_key_that_does_not_know_it()
    {
        var customer = await BecomeCustomerAsync(Tenant);
        Stripe.Disown(customer);
        await Tenant.Raw.SendAsync("DELETE", "/v1/workspace");
        await Eventually.HoldsAsync(() => Stripe.Calls.Any(call => call.Route == $"GET /v1/customers/{customer}"));

        Assert.That((await SnapshotAsync()).Count(row => row.StartsWith("billing_accounts:", StringComparison.Ordinal) && row.Contains(customer, StringComparison.Ordinal)), Is.EqualTo(1));
        Stripe.Own(customer);
    }

    [Test]
    public async Task Neither_key_nor_secret_nor_a_word_of_Stripes_gets_out()
    {
        using var heard = new EverythingHeard();
        await using var host = await ApiHost.StartAsync(
            services =>
            {
                services.RemoveAll<ILoggerProvider>();
                services.AddSingleton<ILoggerProvider>(heard);
            },
            [.. Stripe.Settings, ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:System.Net.Http", "Trace")]);
        using var tenant = await host.AddWorkspaceAsync(Domain.Workspaces.Plan.Free);
        var customer = await BecomeCustomerAsync(tenant);
        Stripe.Set(customer, ("active", FakeStripe.OtherPrice));
        List<Answer> answers = [await StripeEvent.Of(customer).SendToAsync(host), await StripeEvent.SendAsync(host, "{}", StripeEvent.Sign("{}", FakeStripe.Key))];
        foreach (var fault in Faults.Values)
        {
            FailWith(fault);
            answers.Add(await StripeEvent.Of(customer).SendToAsync(host));
            answers.Add(await tenant.Raw.PostAsync("/v1/billing/portal"));
        }

        var told = heard.Lines.Concat(answers.Select(answer => answer.Body)).ToArray();
        var cells = (await host.Data.Database.CellsAsync()).Select(cell => cell.Value as string ?? "").ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(told.Where(line => line.Contains("Stripe refused: subscriptions, 402 card_declined, req_Fake1", StringComparison.Ordinal)), Is.Not.Empty);
            Assert.That(told.Where(line => line.Contains("whose price is no plan's", StringComparison.Ordinal)), Is.Not.Empty);
            foreach (var secret in new[] { FakeStripe.Key, FakeStripe.Secret, "4242 4242" })
                Assert.That(told.Concat(cells).Where(line => line.Contains(secret, StringComparison.Ordinal)), Is.Empty);
        });
    }

    static void FailWith(Func<HttpContext, Task> fault) => Stripe.BeforeAnswer = async context =>
    {
        await fault(context);
        return true;
    };

    static Task ErrorAsync(HttpContext context, int status, string type, string? code) => WriteAsync(
        context, status, $$$"""{"error": {"type": "{{{type}}}", "code": {{{(code is null ? "null" : $"\"{code}\"")}}}, "message": "{{{Leak}}}", "request_log_url": "https://dashboard.stripe.com/{{{FakeStripe.Key}}}"}}""");

    static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers["Request-Id"] = "req_Fake1";
        return context.Response.WriteAsync(body);
    }
}
