using System.Text;
using System.Text.Json.Nodes;

namespace Framelane.Api.Tests.Http.BadInput;

/// <summary>Bodies that are JSON, but not what the route takes: 422, with every fault and its place.</summary>
public sealed class BodyTests : RefusalTests
{
    const string Create = "POST /v1/webhooks";
    const string Update = "PATCH /v1/webhooks/{webhook_id}";
    const string Rotate = "POST /v1/webhooks/{webhook_id}/rotate-secret";
    const string Recover = "POST /v1/webhooks/{webhook_id}/recover";
    const string NewKey = "POST /v1/api-keys";
    const string Rename = "PATCH /v1/workspace";
    const string Good = $"\"url\": \"{GoodUrl}\"";

    // A whole that is no object.
    [TestCase(Create, "", "body missing")]
    [TestCase(Recover, "", "body missing")]
    [TestCase(NewKey, "", "body missing")]
    [TestCase(Update, "", "body missing")]
    [TestCase(Create, "[]", "body object_type")]
    [TestCase(Create, "null", "body object_type")]
    [TestCase(Create, "\"{}\"", "body object_type")]
    [TestCase(Rotate, "5", "body object_type")]
    [TestCase(Rotate, "[]", "body object_type")]
    [TestCase(Rename, "true", "body object_type")]
    // Missing, of a wrong type, null.
    [TestCase(Create, "{}", "body/url missing")]
    [TestCase(Create, """{"URL": "https://1.1.1.1/"}""", "body/url missing")]
    [TestCase(Create, """{"url": null}""", "body/url string_type")]
    [TestCase(Create, """{"url": ["https://1.1.1.1/"]}""", "body/url string_type")]
    [TestCase(Create, "{" + Good + """, "enabled": "true"}""", "body/enabled bool_type")]
    [TestCase(Create, "{" + Good + """, "enabled": 1}""", "body/enabled bool_type")]
    [TestCase(Create, "{" + Good + """, "enabled": null}""", "body/enabled bool_type")]
    [TestCase(Create, "{" + Good + """, "description": 5}""", "body/description string_type")]
    [TestCase(Create, "{" + Good + """, "events": "render.failed"}""", "body/events list_type")]
    [TestCase(Create, "{" + Good + """, "events": {}}""", "body/events list_type")]
    [TestCase(Create, "{" + Good + """, "events": [null]}""", "body/events/0 string_type")]
    [TestCase(Update, """{"url": null}""", "body/url string_type")]
    [TestCase(Update, """{"events": null}""", "body/events list_type")]
    [TestCase(Update, """{"enabled": null}""", "body/enabled bool_type")]
    [TestCase(NewKey, "{}", "body/name missing")]
    [TestCase(NewKey, """{"name": null}""", "body/name string_type")]
    [TestCase(NewKey, """{"name": 5}""", "body/name string_type")]
    [TestCase(Rename, """{"name": null}""", "body/name string_type")]
    [TestCase(Recover, "{}", "body/since missing")]
    [TestCase(Recover, """{"since": null}""", "body/since datetime_type")]
    [TestCase(Recover, """{"since": 1716278400}""", "body/since datetime_type")]
    [TestCase(Recover, """{"since": "yesterday"}""", "body/since datetime_type")]
    [TestCase(Recover, """{"since": "2025-02-30T00:00:00Z"}""", "body/since datetime_type")]
    // Events.
    [TestCase(Create, "{" + Good + """, "events": []}""", "body/events events_empty")]
    [TestCase(Create, "{" + Good + """, "events": ["render.failed", "render.finished"]}""", "body/events/1 unknown_event")]
    [TestCase(Create, "{" + Good + """, "events": ["RENDER.FAILED"]}""", "body/events/0 unknown_event")]
    [TestCase(Create, "{" + Good + """, "events": ["*"]}""", "body/events/0 unknown_event")]
    [TestCase(Update, """{"events": []}""", "body/events events_empty")]
    [TestCase(Update, """{"events": [""]}""", "body/events/0 unknown_event")]
    // Numbers.
    [TestCase(Rotate, """{"grace_period_seconds": -1}""", "body/grace_period_seconds out_of_range")]
    [TestCase(Rotate, """{"grace_period_seconds": 604801}""", "body/grace_period_seconds out_of_range")]
    [TestCase(Rotate, """{"grace_period_seconds": 99999999999}""", "body/grace_period_seconds out_of_range")]
    [TestCase(Rotate, """{"grace_period_seconds": 1e400}""", "body/grace_period_seconds out_of_range")]
    [TestCase(Rotate, """{"grace_period_seconds": -99999999999999999999999999999999}""", "body/grace_period_seconds out_of_range")]
    [TestCase(Rotate, """{"grace_period_seconds": 1.5}""", "body/grace_period_seconds int_type")]
    [TestCase(Rotate, """{"grace_period_seconds": "60"}""", "body/grace_period_seconds int_type")]
    [TestCase(Rotate, """{"grace_period_seconds": null}""", "body/grace_period_seconds int_type")]
    [TestCase(Rotate, """{"grace_period_seconds": true}""", "body/grace_period_seconds int_type")]
    [TestCase(Rotate, """{"grace_period_seconds": {}}""", "body/grace_period_seconds int_type")]
    // Texts.
    [TestCase(NewKey, """{"name": ""}""", "body/name too_short")]
    [TestCase(Rename, """{"name": ""}""", "body/name too_short")]
    [TestCase(NewKey, """{"name": "\ud83c"}""", "body/name string_unicode")]
    [TestCase(Create, "{" + Good + """, "description": "\udfac"}""", "body/description string_unicode")]
    [TestCase(Create, """{"url": "https://1.1.1.1/\ud800"}""", "body/url string_unicode")]
    [TestCase(NewKey, """{"name": {"\ud800": 1}}""", "body/name string_type")]
    [TestCase(NewKey, """{"name": {"zzzz\ud800": 1}}""", "body/name string_type")]
    [TestCase("POST /v1/renders", """{"elements": [{"type": "text", "\ud800": 1, "duration": 1}]}""", "body/elements/0/text missing")]
    // Twice.
    [TestCase(Create, "{" + Good + ", " + Good + "}", "body/url duplicate_field")]
    [TestCase(Rotate, """{"grace_period_seconds": 0, "grace_period_seconds": 0}""", "body/grace_period_seconds duplicate_field")]
    [TestCase(NewKey, """{"name": "a", "n\u0061me": "b"}""", "body/name duplicate_field")]
    // All at once, sorted by place.
    [TestCase(
        Create,
        """{"url": 1, "events": ["x", "render.failed", 7, "y"], "enabled": "no", "description": []}""",
        "body/description string_type, body/enabled bool_type, body/events/0 unknown_event, body/events/2 string_type, body/events/3 unknown_event, body/url string_type")]
    [TestCase(
        Create,
        """{"url": "https://127.0.0.1/", "events": [], "enabled": null}""",
        "body/enabled bool_type, body/events events_empty, body/url url_forbidden_address")]
    [TestCase(
        Update,
        """{"url": "http://1.1.1.1/", "url": "x", "events": ["a", "a"]}""",
        "body/events/0 unknown_event, body/events/1 unknown_event, body/url duplicate_field")]
    public async Task Every_fault_is_told_with_its_place(string route, string body, string faults)
    {
        var answer = await SendAsync(route, body);

        AssertRefused(answer);
        Assert.That(string.Join(", ", answer.Faults), Is.EqualTo(faults));
    }

    [TestCase(NewKey, "name", 255, "too_long")]
    [TestCase(Rename, "name", 255, "too_long")]
    [TestCase(Update, "description", 1000, "too_long")]
    public async Task A_text_has_an_end(string route, string field, int limit, string type)
    {
        var answer = await SendAsync(route, $$"""{"{{field}}": "{{new string('é', limit + 1)}}"}""");

        AssertRefused(answer);
        Assert.That(answer.Faults, Is.EqualTo(new[] { $"body/{field} {type}" }));
        Assert.That((int)answer.Json["detail"]![0]!["ctx"]!["max_length"]!, Is.EqualTo(limit));
        Assert.That(((string)answer.Json["detail"]![0]!["input"]!).Length, Is.EqualTo(256));
    }

    [Test]
    public async Task A_list_of_events_has_an_end()
    {
        var answer = await SendAsync(Update, $$"""{"events": [{{string.Join(',', Enumerable.Repeat("\"x\"", 101))}}]}""");

        Assert.That(answer.Faults, Is.EqualTo(new[] { "body/events too_long" }));
    }

    [Test]
    public async Task The_faults_of_a_hostile_body_have_an_end()
    {
        var answer = await SendAsync(Create, $$"""{"url": "{{GoodUrl}}", "events": [{{string.Join(',', Enumerable.Repeat("1", 500_000))}}]}""");

        Assert.That(answer.Status, Is.EqualTo(422));
        Assert.That(answer.Faults, Has.Count.EqualTo(1000));
    }

    Task<Answer> SendAsync(string route, string body)
    {
        var (method, path) = (route.Split(' ')[0], PathOf(route.Split(' ')[1]));
        return Tenant.Raw.SendContentAsync(method, path, Caller.Json(Encoding.UTF8.GetBytes(body)));
    }

    /// <summary>The one body that is both the envelope of all errors and the published schema.</summary>
    static void AssertRefused(Answer answer)
    {
        Assert.That(answer.Status, Is.EqualTo(422), answer.Body);
        Assert.Multiple(() =>
        {
            Assert.That(Fields.Of(answer.Json), Is.EquivalentTo(new[] { "error", "detail" }));
            Assert.That(answer.Code, Is.EqualTo("validation_error"));
            Assert.That(answer.Json["error"]!["details"]!.AsObject(), Is.Empty);
            Assert.That(answer.Json["detail"]!.AsArray(), Has.All.Matches<JsonNode?>(fault =>
                fault!["loc"] is JsonArray && (string?)fault["msg"] is { Length: > 0 } && (string?)fault["type"] is { Length: > 0 }));
        });
    }
}
