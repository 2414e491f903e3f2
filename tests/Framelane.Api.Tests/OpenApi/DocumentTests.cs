using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Framelane.Domain.Events;
using Microsoft.OpenApi;

namespace Framelane.Api.Tests.OpenApi;

public sealed class DocumentTests
{
    static readonly string[] TagOrder =
        ["capabilities", "renders", "tasks", "uploads", "webhooks", "workspace", "api-keys", "auth", "signup", "billing", "system"];

    static readonly string[] Public = ["get_capabilities", "sign_up", "verify_signup", "resend_signup_code", "sync_session", "receive_billing_event", "get_health", "get_ready", "get_version"];

    /// <summary>Those that refuse what their body shows.</summary>
    static readonly string[] Entrances = ["sync_session"];

    [Test]
    public async Task It_is_valid_OpenAPI_3_1()
    {
        var text = await OpenApiHost.Http.GetStringAsync("/openapi.json");
        var (_, diagnostic) = OpenApiDocument.Parse(text, OpenApiConstants.Json);

        Assert.That((string?)OpenApiHost.Document["openapi"], Does.StartWith("3.1."));
        Assert.That(diagnostic!.Errors, Is.Empty);
        Assert.That(diagnostic.Warnings, Is.Empty);
        Assert.That(text, Does.Not.Contain("\"nullable\"").And.Not.Contain("\"x-"));
    }

    [Test]
    public void Every_reference_leads_somewhere()
    {
        foreach (var reference in References(OpenApiHost.Document))
        {
            var target = reference.TrimStart('#', '/').Split('/').Aggregate((JsonNode?)OpenApiHost.Document, (node, name) => node?[name]);
            Assert.That(target, Is.Not.Null, reference);
        }
    }

    [Test]
    public void Tags_are_in_the_contracts_order()
    {
        var tags = OpenApiHost.Document["tags"]!.AsArray().Select(tag => (string)tag!["name"]!).ToArray();
        var used = OpenApiHost.Operations.SelectMany(operation => operation.Operation["tags"]!.AsArray()).Select(tag => (string)tag!).ToHashSet();

        Assert.That(tags, Is.EqualTo(TagOrder.Where(used.Contains)));
        Assert.That(used, Is.SubsetOf(TagOrder));
    }

    [TestCase("get", "/v1/capabilities", "get_capabilities")]
    [TestCase("post", "/v1/webhooks", "create_webhook")]
    [TestCase("get", "/v1/webhooks", "list_webhooks")]
    [TestCase("get", "/v1/webhooks/{webhook_id}", "get_webhook")]
    [TestCase("patch", "/v1/webhooks/{webhook_id}", "update_webhook")]
    [TestCase("delete", "/v1/webhooks/{webhook_id}", "delete_webhook")]
    [TestCase("post", "/v1/webhooks/{webhook_id}/rotate-secret", "rotate_secret")]
    [TestCase("get", "/v1/webhooks/{webhook_id}/deliveries", "list_webhook_deliveries")]
    [TestCase("get", "/v1/deliveries", "list_deliveries")]
    [TestCase("post", "/v1/deliveries/{delivery_id}/redeliver", "redeliver_delivery")]
    [TestCase("post", "/v1/webhooks/{webhook_id}/test", "test_webhook")]
    [TestCase("post", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/redeliver", "redeliver_webhook_delivery")]
    [TestCase("post", "/v1/webhooks/{webhook_id}/recover", "recover_webhook")]
    [TestCase("post", "/v1/uploads", "create_upload")]
    [TestCase("get", "/files/{workspace_id}/{file}", "download_source")]
    [TestCase("get", "/v1/workspace/assets", "list_assets")]
    [TestCase("delete", "/v1/workspace/assets/{asset_id}", "delete_asset")]
    [TestCase("get", "/v1/workspace", "get_workspace")]
    [TestCase("patch", "/v1/workspace", "update_workspace")]
    [TestCase("delete", "/v1/workspace", "delete_workspace")]
    [TestCase("delete", "/v1/workspace/previous-secret", "delete_previous_secret")]
    [TestCase("get", "/v1/workspace/usage", "get_usage")]
    [TestCase("get", "/v1/workspace/audit-log", "list_audit_log")]
    [TestCase("post", "/v1/api-keys", "create_api_key")]
    [TestCase("get", "/v1/api-keys", "list_api_keys")]
    [TestCase("delete", "/v1/api-keys/{key_id}", "revoke_api_key")]
    [TestCase("post", "/v1/billing/portal", "open_billing_portal")]
    [TestCase("post", "/v1/billing/checkout", "open_checkout")]
    [TestCase("post", "/v1/billing/events", "receive_billing_event")]
    [TestCase("post", "/v1/signup", "sign_up")]
    [TestCase("post", "/v1/signup/verify", "verify_signup")]
    [TestCase("post", "/v1/signup/resend", "resend_signup_code")]
    [TestCase("post", "/v1/auth/sync", "sync_session")]
    public void Route_of_the_contract_is_described(string method, string path, string operationId) =>
        Assert.That((string?)OpenApiHost.Document["paths"]![path]?[method]?["operationId"], Is.EqualTo(operationId));

    [Test]
    public void Operations_are_named_once_in_snake_case_and_summarised()
    {
        var ids = OpenApiHost.Operations.Select(operation => (string?)operation.Operation["operationId"]).ToArray();

        Assert.That(ids, Is.Unique);
        Assert.That(ids, Has.All.Match("^[a-z]+(_[a-z]+)*$"));
        Assert.That(OpenApiHost.Operations.Select(operation => (string?)operation.Operation["summary"]), Has.All.Not.Empty);
    }

    [Test]
    public void All_but_the_public_operations_need_the_key() => Assert.Multiple(() =>
    {
        foreach (var (_, _, operation) in OpenApiHost.Operations)
        {
            var id = (string)operation["operationId"]!;
            var needsKey = operation["security"]?.AsArray() is [JsonObject requirement] && requirement.ContainsKey("ApiKey");
            Assert.That(needsKey, Is.Not.EqualTo(Public.Contains(id)), id);
            Assert.That(operation["responses"]!.AsObject().ContainsKey("401"), Is.EqualTo(needsKey || Entrances.Contains(id)), id);
        }
    });

    [Test]
    public void Every_post_takes_an_idempotency_key_and_answers_a_replay_with_200() => Assert.Multiple(() =>
    {
        foreach (var (_, path, operation) in OpenApiHost.Operations.Where(operation => operation.Method == "post"))
        {
            var header = operation["parameters"]?.AsArray().SingleOrDefault(parameter => (string?)parameter!["name"] == "Idempotency-Key");
            Assert.That((string?)header?["in"], Is.EqualTo("header"), path);
            Assert.That((bool?)header?["required"], Is.Not.True, path);
            Assert.That((int?)header?["schema"]?["maxLength"], Is.EqualTo(255), path);
            Assert.That(operation["responses"]!.AsObject().ContainsKey("200"), path);
            Assert.That(operation["responses"]!.AsObject().ContainsKey("409"), path);
        }
    });

    [Test]
    public void Every_refusal_has_the_envelope_or_the_faults() => Assert.Multiple(() =>
    {
        foreach (var (_, path, operation) in OpenApiHost.Operations)
        {
            foreach (var (status, response) in operation["responses"]!.AsObject().Where(response => response.Key[0] is '4' or '5'))
            {
                Assert.That(
                    (string?)response!["content"]?["application/json"]?["schema"]?["$ref"],
                    Is.EqualTo(status == "422" ? "#/components/schemas/HTTPValidationError" : "#/components/schemas/ErrorResponse"),
                    $"{path} {status}");
            }
        }
    });

    [Test]
    public void Whatever_can_fail_can_be_unavailable_too() => Assert.Multiple(() =>
    {
        foreach (var (_, path, operation) in OpenApiHost.Operations.Where(each => each.Operation["responses"]!.AsObject().ContainsKey("500")))
            Assert.That(operation["responses"]!.AsObject().ContainsKey("503"), $"{path} {operation["operationId"]}");
    });

    [Test]
    public void Answers_tell_the_rate_limit_and_a_429_when_to_come_back()
    {
        var responses = OpenApiHost.Operation("rotate_secret")["responses"]!;

        Assert.That(Headers(responses["200"]!), Is.EquivalentTo(new[] { "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset" }));
        Assert.That(Headers(responses["429"]!), Does.Contain("Retry-After"));
        Assert.That(OpenApiHost.Operation("get_health")["responses"]!.AsObject().ContainsKey("429"), Is.False);

        static IEnumerable<string> Headers(JsonNode response) => response["headers"]!.AsObject().Select(header => header.Key);
    }

    [Test]
    public void Body_of_a_rotation_may_be_left_out()
    {
        Assert.That((bool?)OpenApiHost.Operation("rotate_secret")["requestBody"]!["required"], Is.Not.True);
        Assert.That((bool?)OpenApiHost.Operation("create_webhook")["requestBody"]!["required"], Is.True);
    }

    [Test]
    public void Every_event_is_described_as_a_webhook()
    {
        var webhooks = OpenApiHost.Document["webhooks"]!.AsObject();

        Assert.That(webhooks.Select(webhook => webhook.Key), Is.EquivalentTo(EventTypes.All));
        Assert.That(
            webhooks["render.completed"]!["post"]!["parameters"]!.AsArray().Select(parameter => (string)parameter!["$ref"]!),
            Does.Contain("#/components/parameters/Framelane-Signature").And.Contain("#/components/parameters/webhook-signature"));
    }

    [Test]
    public async Task It_is_served_with_an_etag()
    {
        using var first = await OpenApiHost.Http.GetAsync("/openapi.json");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi.json");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await OpenApiHost.Http.SendAsync(request);

        Assert.That(first.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(await second.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(property => property is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(property.Value)),
        JsonArray array => array.SelectMany(References),
        _ => [],
    };
}
