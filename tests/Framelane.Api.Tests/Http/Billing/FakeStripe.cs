using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Framelane.Api.Tests.Http.Billing;

/// <summary>Stripe's HTTP API on loopback, as far as billing uses it: customers, sessions, subscriptions, a meter, and idempotency keys.</summary>
sealed class FakeStripe : IAsyncDisposable
{
    public const string Key = "sk_test_51CanaryKeyOfTheTests0123456789abcdef", Secret = "whsec_CanarySigningSecretOfTheTests";

    public const string ProPrice = "price_1ProMonthly", FormerPrice = "price_1ProMonthlyOfLastYear", OtherPrice = "price_1SomethingElse", MinutePrice = "price_1MinuteBeyond", MeterName = "render_minutes";

    readonly WebApplication app;

    readonly ConcurrentDictionary<string, Lazy<string>> byKey = new();

    readonly ConcurrentDictionary<string, IReadOnlyList<(string Status, string Price)>> subscriptions = new();

    readonly ConcurrentDictionary<string, string> ours = new();

    readonly ConcurrentDictionary<string, StripeCall> metered = new();

    readonly ConcurrentDictionary<string, bool> gone = new(), foreign = new();

    int made;

    FakeStripe()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public string Url => app.Urls.Single();

    public ConcurrentQueue<StripeCall> Calls { get; } = new();

    /// <summary>Called before an answer is given, but after it is made up; where it says so, it has answered itself.</summary>
    public Func<HttpContext, Task<bool>>? BeforeAnswer { get; set; }

    public (string Key, string? Value)[] Settings =>
    [
        ("Framelane:Stripe:ApiKey", Key), ("Framelane:Stripe:SigningSecret", Secret), ("Framelane:Stripe:Prices:pro", $"{ProPrice}, {FormerPrice}"), ("Framelane:Stripe:ApiBase", Url),
    ];

    public static (string Key, string? Value)[] MeterSettings => [("Framelane:Stripe:Meter:EventName", MeterName), ("Framelane:Stripe:Meter:Price", MinutePrice)];

    public static async Task<FakeStripe> StartAsync()
    {
        var stripe = new FakeStripe();
        await stripe.app.StartAsync();
        return stripe;
    }

    /// <summary>What the meter has taken of the customer: minutes, and when they were used.</summary>
    public IReadOnlyList<(string Minutes, DateTimeOffset At)> MeteredOf(string customer) =>
    [
        .. metered.Values.Where(call => call.Form["payload[stripe_customer_id]"] == customer)
            .Select(call => (call.Form["payload[value]"], DateTimeOffset.FromUnixTimeSeconds(long.Parse(call.Form["timestamp"], CultureInfo.InvariantCulture)))),
    ];

    /// <summary>What the customer has from now on, the newest first; the prices of one subscription are separated by commas.</summary>
    public void Set(string customer, params (string Status, string Price)[] has) => subscriptions[customer] = has;

    /// <summary>What the customer has was bought by checkouts of ours, which note the workspace.</summary>
    public void SetOurs(string customer, string workspaceId) => ours[customer] = workspaceId;

    /// <summary>Somebody deletes the customer in Stripe's dashboard.</summary>
    public void Delete(string customer) => gone[customer] = true;

    /// <summary>The key is of another account, or of the other mode, which never made the customer.</summary>
    public void Disown(string customer) => foreign[customer] = true;

    /// <summary>The key is again of the account that made the customer.</summary>
    public void Own(string customer) => foreign.TryRemove(customer, out _);

    /// <summary>The customer that was made for the workspace, and is still there.</summary>
    public string CustomerOf(string workspaceId) =>
        byKey.Where(each => each.Key.EndsWith(workspaceId, StringComparison.Ordinal)).Select(each => each.Value.Value).Single(customer => !gone.ContainsKey(customer));

    public IReadOnlyList<StripeCall> CallsAbout(string customer) => [.. Calls.Where(call => call.Form.GetValueOrDefault("customer") == customer)];

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        var form = request.HasFormContentType ? (await request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString()) : request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var call = new StripeCall($"{request.Method} {request.Path}", form, request.Headers.Authorization.ToString(), request.Headers["Idempotency-Key"].ToString());
        Calls.Enqueue(call);
        var answer = AnswerTo(call);
        if (answer["error"] is { } error)
            context.Response.StatusCode = (string?)error["param"] == "id" ? 404 : 400;
        if (BeforeAnswer is { } before && await before(context))
            return;
        context.Response.ContentType = "application/json";
        context.Response.Headers["Request-Id"] = "req_Fake1";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    JsonObject AnswerTo(StripeCall call) => call.Route switch
    {
        _ when call.Form.TryGetValue("customer", out var customer) && (gone.ContainsKey(customer) || foreign.ContainsKey(customer)) => Missing(customer, "customer"),
        "POST /v1/customers" => new JsonObject { ["id"] = Customer(call), ["object"] = "customer", ["livemode"] = false, ["metadata"] = new JsonObject { ["workspace_id"] = call.Form["metadata[workspace_id]"] } },
        "POST /v1/billing_portal/sessions" => new JsonObject { ["id"] = Next("bps"), ["object"] = "billing_portal.session", ["customer"] = call.Form["customer"], ["url"] = $"https://billing.stripe.com/p/session/{Next("test")}" },
        "POST /v1/checkout/sessions" => new JsonObject { ["id"] = Next("cs"), ["object"] = "checkout.session", ["customer"] = call.Form["customer"], ["mode"] = call.Form["mode"], ["url"] = $"https://checkout.stripe.com/c/pay/{Next("cs")}" },
        "POST /v1/billing/meter_events" => MeterEvent(call),
        "GET /v1/subscriptions" => List(call),
        _ when call.Route.StartsWith("GET /v1/customers/", StringComparison.Ordinal) => Found(call.Route.Split('/')[^1]),
        _ when call.Route.StartsWith("DELETE /v1/customers/", StringComparison.Ordinal) => Deleted(call.Route.Split('/')[^1]),
        _ => throw new InvalidOperationException(call.Route),
    };

    static JsonObject Missing(string customer, string param) =>
        new() { ["error"] = new JsonObject { ["type"] = "invalid_request_error", ["code"] = "resource_missing", ["param"] = param, ["message"] = $"No such customer: '{customer}'" } };

    /// <summary>As Stripe: one that was deleted is told from one that never was, which nothing else of its answers does.</summary>
    JsonObject Found(string customer) =>
        foreign.ContainsKey(customer) || byKey.Values.All(made => made.Value != customer) ? Missing(customer, "id")
        : gone.ContainsKey(customer) ? new() { ["id"] = customer, ["object"] = "customer", ["deleted"] = true }
        : new() { ["id"] = customer, ["object"] = "customer", ["livemode"] = false };

    JsonObject Deleted(string customer) => foreign.ContainsKey(customer) || !gone.TryAdd(customer, true)
        ? Missing(customer, "id")
        : new() { ["id"] = customer, ["object"] = "customer", ["deleted"] = true };

    /// <summary>As Stripe: another request under a key gets what the first one made.</summary>
    string Customer(StripeCall call) => byKey.GetOrAdd(call.IdempotencyKey, _ => new(() => Next("cus"))).Value;

    /// <summary>As Stripe: an identifier that it has taken is refused.</summary>
    JsonObject MeterEvent(StripeCall call)
    {
        var (identifier, time) = (call.Form["identifier"], long.Parse(call.Form["timestamp"], CultureInfo.InvariantCulture));
        Assert.That(call.Form["event_name"], Is.EqualTo(MeterName));
        return metered.TryAdd(identifier, call)
            ? new()
            {
                ["object"] = "billing.meter_event", ["created"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(), ["event_name"] = MeterName, ["identifier"] = identifier,
                ["livemode"] = false, ["payload"] = new JsonObject { ["stripe_customer_id"] = call.Form["payload[stripe_customer_id]"], ["value"] = call.Form["payload[value]"] },
                ["timestamp"] = time,
            }
            : new() { ["error"] = new JsonObject { ["message"] = $"An event already exists with identifier {identifier}.", ["type"] = "invalid_request_error" } };
    }

    JsonObject List(StripeCall call)
    {
        Assert.That(call.Form["status"], Is.EqualTo("all"));
        var all = subscriptions.GetValueOrDefault(call.Form["customer"], []);
        return new() { ["object"] = "list", ["url"] = "/v1/subscriptions", ["has_more"] = false, ["data"] = new JsonArray([.. all.Select(each => Subscription(call.Form["customer"], each.Status, each.Price, ours.GetValueOrDefault(call.Form["customer"])))]) };
    }

    public static JsonObject Subscription(string customer, string status, string prices, string? workspaceId = null) => JsonNode.Parse($$$"""
        {
          "id": "sub_1", "object": "subscription", "customer": "{{{customer}}}", "status": "{{{status}}}", "currency": "usd", "created": 1772366400, "livemode": false,
          "cancel_at_period_end": false, "collection_method": "charge_automatically", "metadata": {{{(workspaceId is null ? "{ }" : $$"""{"workspace_id": "{{workspaceId}}"}""")}}}, "latest_invoice": "in_1",
          "items": {"object": "list", "has_more": false, "url": "/v1/subscription_items", "data": [{{{string.Join(", ", prices.Split(',').Select(Item))}}}] }
        }
        """)!.AsObject();

    static string Item(string price) => $$$"""
        {"id": "si_1", "object": "subscription_item", "quantity": 1, "current_period_start": 1772366400, "current_period_end": 1775044800, "subscription": "sub_1",
         "price": {"id": "{{{price}}}", "object": "price", "active": true, "currency": "usd", "type": "recurring", "unit_amount": 4900,
                   "recurring": {"interval": "month", "interval_count": 1, "usage_type": "licensed"} } }
        """;

    string Next(string prefix) => $"{prefix}_{Interlocked.Increment(ref made)}_{Environment.ProcessId}";
}

/// <param name="Route">Method and path.</param>
/// <param name="Form">Fields of the body, or of the query.</param>
sealed record StripeCall(string Route, IReadOnlyDictionary<string, string> Form, string Authorization, string IdempotencyKey);
