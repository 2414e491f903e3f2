using System.Net;
using System.Text;
using System.Text.Json;
using Framelane.Client;

namespace Framelane.Api.Tests.Client;

/// <summary>What the generated client puts on the wire and makes of what comes back.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FramelaneClientTests : IDisposable
{
    const string Webhook =
        """
        {"id": "wh_1", "url": "https://example.com/hook", "events": ["render.completed", "of.tomorrow"], "description": null, "enabled": true,
         "disabled_reason": null, "created_at": "2024-05-21T08:00:00.000000Z", "last_delivery_at": null, "not_known_yet": 1}
        """;

    readonly Recorder wire = new();
    readonly FramelaneClient client;

    public FramelaneClientTests() => client = FramelaneClient.Create(new Uri("https://api.example.com/base"), "fl_live_key", wire);

    public void Dispose()
    {
        client.Dispose();
        wire.Dispose();
    }

    [Test]
    public async Task Rotation_is_sent_with_key_and_idempotency_key()
    {
        wire.Answer(200, """{"secret": "whsec_x"}""");

        var rotated = await client.RotateSecretAsync("wh_1", idempotencyKey: "retry-1", request: new() { GracePeriodSeconds = 60 });

        Assert.That(rotated.Secret, Is.EqualTo("whsec_x"));
        Assert.That(wire.Request.Method, Is.EqualTo(HttpMethod.Post));
        Assert.That(wire.Request.RequestUri!.AbsoluteUri, Is.EqualTo("https://api.example.com/base/v1/webhooks/wh_1/rotate-secret"));
        Assert.That(wire.Request.Headers.Authorization!.ToString(), Is.EqualTo("Bearer fl_live_key"));
        Assert.That(wire.Request.Headers.GetValues("Idempotency-Key"), Is.EqualTo(new[] { "retry-1" }));
        Assert.That(wire.Body, Is.EqualTo("""{"grace_period_seconds":60}"""));
    }

    [Test]
    public async Task Body_and_key_that_are_left_out_are_not_sent()
    {
        wire.Answer(200, """{"secret": "whsec_x"}""");

        await client.RotateSecretAsync("wh_1");

        Assert.That(wire.Body, Is.Null);
        Assert.That(wire.Request.Headers.Contains("Idempotency-Key"), Is.False);
    }

    [Test]
    public async Task Id_is_escaped()
    {
        wire.Answer(200, Webhook);

        await client.GetWebhookAsync("../a b?c");

        Assert.That(wire.Request.RequestUri!.AbsoluteUri, Is.EqualTo("https://api.example.com/base/v1/webhooks/..%2Fa%20b%3Fc"));
    }

    [Test]
    public async Task What_a_patch_does_not_set_is_left_out()
    {
        wire.Answer(200, Webhook);

        await client.UpdateWebhookAsync("wh_1", new() { Enabled = false });

        Assert.That(wire.Request.Method, Is.EqualTo(HttpMethod.Patch));
        Assert.That(wire.Body, Is.EqualTo("""{"enabled":false}"""));
    }

    [Test]
    public async Task Patch_can_remove_the_description()
    {
        wire.Answer(200, Webhook);

        await client.UpdateWebhookAsync("wh_1", new UpdateWebhookRequest().WithoutDescription());

        Assert.That(wire.Body, Is.EqualTo("""{"description":null}"""));
    }

    [TestCase(201)]
    [TestCase(200)]
    public async Task Creation_and_its_replay_are_read_alike(int status)
    {
        wire.Answer(status, Webhook.Replace("\"not_known_yet\": 1", "\"secret\": \"whsec_x\"", StringComparison.Ordinal));

        var created = await client.CreateWebhookAsync(new() { Url = new Uri("https://example.com/hook") });

        Assert.That(created.Secret, Is.EqualTo("whsec_x"));
        Assert.That(wire.Body, Is.EqualTo("""{"url":"https://example.com/hook"}"""));
    }

    [Test]
    public async Task Answer_is_read_with_what_is_not_known_yet()
    {
        wire.Answer(200, Webhook);

        var webhook = await client.GetWebhookAsync("wh_1");

        Assert.That(webhook.Events, Is.EqualTo(new[] { "render.completed", "of.tomorrow" }));
        Assert.That(webhook.CreatedAt, Is.EqualTo(new DateTimeOffset(2024, 5, 21, 8, 0, 0, TimeSpan.Zero)));
        Assert.That(webhook.DisabledReason, Is.Null);
        Assert.That(((JsonElement)webhook.AdditionalProperties["not_known_yet"]).GetInt32(), Is.EqualTo(1));
    }

    [Test]
    public async Task Attempts_are_asked_for_and_read_by_status()
    {
        wire.Answer(
            200,
            """
            {"data": [{"id": "att_1", "delivery_id": "dlv_1", "webhook_id": "wh_1", "event_type": "webhook.ping", "attempt_number": 1,
                       "status": "dead_lettered", "created_at": "2024-05-21T08:00:00.000000Z", "job_id": null, "status_code": 500,
                       "response_body": "no", "attempted_at": null, "next_retry_at": null, "failure_reason": null}],
             "next_cursor": "c", "has_more": true}
            """);

        var page = await client.ListWebhookDeliveriesAsync("wh_1", AttemptStatus.DeadLettered, eventType: "webhook.ping", limit: 1);

        Assert.That(wire.Request.RequestUri!.Query, Is.EqualTo("?status=dead_lettered&event_type=webhook.ping&limit=1"));
        Assert.That(page.Data.Single().Status, Is.EqualTo(AttemptStatus.DeadLettered));
        Assert.That(page.NextCursor, Is.EqualTo("c"));
    }

    [Test]
    public async Task Nothing_is_read_of_an_empty_answer()
    {
        wire.Answer(204, null);

        await client.DeleteWebhookAsync("wh_1");

        Assert.That(wire.Request.Method, Is.EqualTo(HttpMethod.Delete));
    }

    [Test]
    public async Task Refusal_is_thrown_with_its_code()
    {
        wire.Answer(404, """{"error": {"code": "not_found", "message": "Webhook not found.", "details": {}}}""");

        var thrown = await Assert.ThrowsAsync<FramelaneApiException<ErrorResponse>>(() => client.RotateSecretAsync("wh_1"));

        Assert.That(thrown!.StatusCode, Is.EqualTo(404));
        Assert.That(thrown.Code, Is.EqualTo("not_found"));
        Assert.That(thrown.Result.Error.Message, Is.EqualTo("Webhook not found."));
    }

    [Test]
    public async Task Faults_are_thrown_with_their_places()
    {
        wire.Answer(
            422,
            """
            {"error": {"code": "validation_error", "message": "The request is not valid.", "details": {}},
             "detail": [{"loc": ["body", "events", 0], "msg": "Not an event.", "type": "unknown_event", "input": "x"}]}
            """);

        var thrown = await Assert.ThrowsAsync<FramelaneApiException<HTTPValidationError>>(
            () => client.CreateWebhookAsync(new() { Url = new Uri("https://example.com"), Events = ["x"] }));

        Assert.That(thrown!.Code, Is.EqualTo("validation_error"));
        Assert.That(thrown.Result.Detail!.Single().Type, Is.EqualTo("unknown_event"));
        Assert.That(thrown.Result.Detail!.Single().Loc.Select(part => part.ToString()), Is.EqualTo(new[] { "body", "events", "0" }));
    }

    [Test]
    public async Task Status_that_is_not_described_is_thrown_too()
    {
        wire.Answer(502, "<html>");

        var thrown = await Assert.ThrowsAsync<FramelaneApiException>(() => client.GetWorkspaceAsync());

        Assert.That(thrown!.StatusCode, Is.EqualTo(502));
        Assert.That(thrown.Code, Is.Null);
    }

    [TestCase(503, "unavailable")]
    [TestCase(405, "method_not_allowed")]
    [TestCase(504, "render_timeout")]
    [TestCase(418, "of_tomorrow")]
    public async Task Code_is_told_of_every_status(int status, string code)
    {
        wire.Answer(status, """{"error": {"code": "…", "message": "No.", "details": {}}}""".Replace("…", code, StringComparison.Ordinal));

        var thrown = await Assert.CatchAsync<FramelaneApiException>(() => client.ListWebhooksAsync());

        Assert.That((thrown!.StatusCode, thrown.Code), Is.EqualTo((status, code)));
    }

    [TestCase(502, "")]
    [TestCase(502, "{")]
    [TestCase(502, "[]")]
    [TestCase(502, "null")]
    [TestCase(502, """{"error": "x"}""")]
    [TestCase(502, """{"error": {}}""")]
    [TestCase(502, """{"error": {"code": 7}}""")]
    [TestCase(502, """{"error": {"code": "\ud800"}}""")]
    [TestCase(503, """{"error": null}""")]
    [TestCase(503, """{"error": {"code": null}}""")]
    [TestCase(503, "<html>")]
    [TestCase(422, """{"error": {"code": 7}, "detail": []}""")]
    [TestCase(422, """{"error": {"code": "\ud800"}, "detail": []}""")]
    [TestCase(422, "<html>")]
    public async Task Answer_that_is_no_error_of_ours_has_no_code(int status, string body)
    {
        wire.Answer(status, body);

        var thrown = await Assert.CatchAsync<FramelaneApiException>(() => client.ListWebhooksAsync());

        Assert.That(thrown!.Code, Is.Null);
    }

    [Test]
    public async Task Answer_of_any_length_is_not_read_for_a_code()
    {
        wire.Answer(502, """{"padding": "…", "error": {"code": "unavailable"}}""".Replace("…", new string('x', 1_000_000), StringComparison.Ordinal));

        var thrown = await Assert.CatchAsync<FramelaneApiException>(() => client.ListWebhooksAsync());

        Assert.That(thrown!.Code, Is.Null);
    }

    [Test]
    public async Task Answer_that_cannot_be_read_shows_no_secret()
    {
        wire.Answer(200, """{"secret": "whsec_x" """);

        var thrown = await Assert.ThrowsAsync<FramelaneApiException>(() => client.RotateSecretAsync("wh_1"));

        Assert.That(thrown!.ToString(), Does.Not.Contain("whsec_"));
    }

    [Test]
    public void Call_can_be_cancelled()
    {
        wire.Answer(200, Webhook);

        Assert.That(
            () => client.GetWebhookAsync("wh_1", new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("fl_live_a\r\nX-Injected: 1")]
    [TestCase(" ")]
    public void Key_that_is_none_is_refused(string key) =>
        Assert.That(() => FramelaneClient.Create(new Uri("https://api.example.com"), key), Throws.InstanceOf<Exception>());

    [Test]
    public void Event_is_read_from_a_body()
    {
        var body = """
            {"id": "evt_1", "type": "webhook.ping", "created_at": "2024-05-21T08:00:00.000000Z", "workspace_id": "ws_1", "sequence": 1,
             "data": {"a": 1}, "metadata": {"k": "v"}}
            """;

        var read = WebhookEvent.Parse(Encoding.UTF8.GetBytes(body));

        Assert.That(read.Type, Is.EqualTo("webhook.ping"));
        Assert.That(read.Data.GetProperty("a").GetInt32(), Is.EqualTo(1));
        Assert.That(read.Metadata["k"], Is.EqualTo("v"));
    }

    /// <summary>Answers what it is told to and keeps the one request.</summary>
    sealed class Recorder : HttpMessageHandler
    {
        (int Status, string? Body) answer;

        public HttpRequestMessage Request { get; private set; } = null!;

        public string? Body { get; private set; }

        public void Answer(int status, string? body) => answer = (status, body);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Request = request;
            Body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage((HttpStatusCode)answer.Status)
            {
                Content = answer.Body is null ? null : new StringContent(answer.Body, Encoding.UTF8, "application/json"),
            };
        }
    }
}
