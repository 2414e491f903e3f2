using System.Collections.Concurrent;
using System.Diagnostics;
using Framelane.Api.Tests.Http.Canary;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Telemetry;

namespace Framelane.Api.Tests.Http.Telemetry;

/// <summary>One trace leads from a request through its event to every attempt, and no further: a receiver is a stranger.</summary>
public sealed class TraceTests
{
    static readonly (string, string?)[] TwoAttempts = [("Framelane:Webhooks:RetrySchedule:0", "00:00:00"), ("Framelane:Webhooks:RetrySchedule:1", "00:00:00.050")];

    readonly ConcurrentQueue<Activity> ended = new();

    readonly ActivityTraceId trace = ActivityTraceId.CreateRandom();

    ActivityListener? listener;

    ApiHost host = null!;

    Tenant tenant = null!;

    Receiver receiver = null!;

    string Parent => $"00-{trace}-00f067aa0ba902b7-01";

    IReadOnlyList<Activity> Attempts => [.. ended.Where(span => span.Source.Name == FramelaneTelemetry.Name && span.TraceId == trace)];

    [TearDown]
    public async Task StopAsync()
    {
        listener?.Dispose();
        await receiver.DisposeAsync();
        tenant.Dispose();
        await host.DisposeAsync();
    }

    [Test]
    public async Task An_attempt_is_part_of_the_trace_of_its_request()
    {
        Listen();
        await StartAsync();
        var webhook = await tenant.CreateWebhookAsync(new(receiver.Url, "?token=hunter2"));
        await tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/test", null, ("traceparent", Parent), ("tracestate", "vendor=1"), ("baggage", "who=me"));

        await Eventually.HoldsAsync(() => Attempts.Count == 1 && ended.Any(IsRequest));
        var (attempt, request) = (Attempts.Single(), ended.Single(IsRequest));

        Assert.Multiple(() =>
        {
            Assert.That(attempt.ParentSpanId, Is.EqualTo(request.SpanId));
            Assert.That(attempt.Kind, Is.EqualTo(ActivityKind.Client));
            Assert.That(
                attempt.TagObjects.ToDictionary(),
                Is.EquivalentTo(new Dictionary<string, object?>
                {
                    ["framelane.event.type"] = "webhook.ping",
                    ["framelane.attempt.number"] = 1,
                    ["framelane.outcome"] = "succeeded",
                    ["http.response.status_code"] = 200,
                    ["server.address"] = "127.0.0.1",
                }));
            Assert.That(
                receiver.Deliveries.Single().Headers.Keys.Select(name => name.ToLowerInvariant()),
                Has.None.AnyOf("traceparent", "tracestate", "baggage", "request-id", "correlation-context"));
        });

        bool IsRequest(Activity span) => span.TraceId == trace && span.Kind == ActivityKind.Server;
    }

    [Test]
    public async Task So_is_a_retry()
    {
        Listen();
        await StartAsync(TwoAttempts);
        await tenant.CreateWebhookAsync(receiver.Url);
        receiver.AnswerWith(500);
        await AppendAsync();

        await Eventually.HoldsAsync(() => Attempts.Count == 2);

        Assert.That(Attempts.Select(span => span.GetTagItem("framelane.attempt.number")), Is.EqualTo(new object[] { 1, 2 }));
        Assert.That(Attempts.Select(span => span.GetTagItem("framelane.outcome")), Is.EqualTo(new object[] { "failed", "dead_lettered" }));
        Assert.That(Attempts.Select(span => span.Status), Has.All.EqualTo(ActivityStatusCode.Error));
    }

    [Test]
    public async Task So_is_one_that_a_later_process_makes()
    {
        Listen();
        await StartAsync(("Framelane:Roles", "api"));
        await tenant.CreateWebhookAsync(receiver.Url);
        await AppendAsync();

        await using var later = await ApiHost.StartAsync(("Framelane:DataPath", host.Data.Path), ("Framelane:Roles", "dispatcher"));

        await Eventually.HoldsAsync(() => Attempts.Count == 1);
    }

    [Test]
    public async Task An_event_keeps_its_trace_and_is_delivered_where_nobody_traces()
    {
        await StartAsync();
        await tenant.CreateWebhookAsync(receiver.Url);
        await AppendAsync();
        await receiver.NextAsync();

        Assert.That(
            (await host.Data.Database.CellsAsync()).Where(cell => cell.Place == "events.trace_parent").Select(cell => cell.Value.ToString()),
            Has.Exactly(1).Items.And.All.StartsWith($"00-{trace}-"));
    }

    [Test]
    public async Task An_error_names_the_trace_that_it_happened_in()
    {
        await StartAsync(services => services.Decorate<IAuditLog>(real => new BrokenAuditLog(real, () => true)));

        var answer = await tenant.Raw.PostAsync("/v1/api-keys", """{"name": "fails"}""", ("traceparent", Parent));

        Assert.That(answer.Status, Is.EqualTo(500));
        Assert.That((string?)answer.Json["error"]!["details"]!["trace_id"], Is.EqualTo(trace.ToHexString()));
    }

    Task StartAsync(params (string Key, string? Value)[] settings) => StartAsync(_ => { }, settings);

    async Task StartAsync(Action<Microsoft.Extensions.DependencyInjection.IServiceCollection> change, params (string Key, string? Value)[] settings)
    {
        receiver = await Receiver.StartAsync();
        host = await ApiHost.StartAsync(change, settings);
        tenant = await host.AddWorkspaceAsync();
    }

    /// <summary>Writes an event as a request of that trace would.</summary>
    async Task AppendAsync()
    {
        using var request = new Activity("request").SetParentId(Parent).Start();
        await host.AppendAsync(tenant, "render.completed");
    }

    void Listen()
    {
        listener = new()
        {
            ShouldListenTo = source => source.Name is FramelaneTelemetry.Name or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }
}
