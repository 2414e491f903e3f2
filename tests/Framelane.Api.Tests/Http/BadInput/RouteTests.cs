namespace Framelane.Api.Tests.Http.BadInput;

public sealed class RouteTests : RefusalTests
{
    [TestCase("GET", "/")]
    [TestCase("GET", "/v1")]
    [TestCase("GET", "/v1/nothing")]
    [TestCase("POST", "/v1/nothing")]
    [TestCase("GET", "/v2/webhooks")]
    [TestCase("GET", "/v1/webhooks/a/b/c/d")]
    [TestCase("DELETE", "/v1/webhooks//deliveries")]
    [TestCase("GET", "/docs/nothing.js")]
    [TestCase("GET", "/%2e%2e/%2e%2e/etc/passwd")]
    [TestCase("GET", "/data/api-key")]
    public async Task A_route_that_there_is_not_is_not_found_with_or_without_a_key(string method, string path)
    {
        foreach (var caller in new[] { Tenant.Raw, Host.Nobody })
        {
            var answer = await caller.SendAsync(method, path);

            Assert.That((answer.Status, answer.Code, answer.Message), Is.EqualTo((404, "not_found", "Route not found.")));
            Assert.That(answer.Header("Content-Type"), Is.EqualTo("application/json"));
        }
    }

    [TestCase("PUT", "/v1/webhooks", "GET, POST")]
    [TestCase("DELETE", "/v1/webhooks", "GET, POST")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}", "DELETE, GET, PATCH")]
    [TestCase("GET", "/v1/webhooks/{webhook_id}/rotate-secret", "POST")]
    [TestCase("PATCH", "/v1/webhooks/{webhook_id}/rotate-secret", "POST")]
    [TestCase("POST", "/v1/workspace", "DELETE, GET, PATCH")]
    [TestCase("GET", "/v1/workspace/previous-secret", "DELETE")]
    [TestCase("POST", "/v1/capabilities", "GET")]
    [TestCase("POST", "/health", "GET")]
    [TestCase("BREW", "/v1/webhooks", "GET, POST")]
    public async Task A_method_that_a_route_does_not_take_is_told_which_it_takes(string method, string path, string allowed)
    {
        var answer = await Tenant.Raw.SendAsync(method, PathOf(path));

        Assert.That((answer.Status, answer.Code), Is.EqualTo((405, "method_not_allowed")));
        Assert.That(answer.Header("Allow")!.Split(", ").Order(StringComparer.Ordinal), Is.EqualTo(allowed.Split(", ")));
    }

    [TestCase("%20")]
    [TestCase("%09")]
    [TestCase("%C2%A0")]
    public async Task An_id_of_white_space_is_nobodys(string id)
    {
        foreach (var (method, path) in Named(id))
        {
            var answer = await Tenant.Raw.SendAsync(method, path, method is "GET" or "DELETE" ? null : """{"since": "2026-01-01T00:00:00Z"}""");
            Assert.That((answer.Status, answer.Code), Is.EqualTo((404, "not_found")), $"{method} {path}");
        }
    }

    [TestCase("")]
    [TestCase("256")]
    [TestCase("tab")]
    [TestCase("é")]
    public async Task An_idempotency_key_that_is_none_is_a_bad_header(string kind)
    {
        (string, string)[] headers = kind switch
        {
            "256" => [("Idempotency-Key", new string('k', 256))],
            "tab" => [("Idempotency-Key", "a\tb")],
            "é" => [("Idempotency-Key", kind)],
            _ => [("Idempotency-Key", "")],
        };
        string[] posts = ["/v1/webhooks/{webhook_id}/rotate-secret", "/v1/webhooks/{webhook_id}/test", "/v1/deliveries/dlv_x/redeliver"];
        foreach (var path in posts)
        {
            var answer = await Tenant.Raw.PostAsync(PathOf(path), null, headers);
            Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "invalid_request")), path);
        }
    }

    [Test]
    public async Task Faults_of_a_body_are_told_though_the_webhook_is_unknown()
    {
        var answer = await Tenant.Raw.PostAsync($"/v1/webhooks/{UnknownWebhook}/rotate-secret", """{"grace_period_seconds": -1}""");

        Assert.That((answer.Status, answer.Faults.Single()), Is.EqualTo((422, "body/grace_period_seconds out_of_range")));
    }

    /// <summary>Every route that names something, with that id in place of each of its ids.</summary>
    IEnumerable<(string Method, string Path)> Named(string id) =>
        from route in Host.Routes()
        from parameter in route.Pattern.Parameters
        select (route.Method, route.Pattern.PathOf(name => name == parameter.Name ? id : name switch
        {
            "workspace_id" => Tenant.Id.Value,
            "webhook_id" => WebhookId,
            _ => "x",
        }));
}
