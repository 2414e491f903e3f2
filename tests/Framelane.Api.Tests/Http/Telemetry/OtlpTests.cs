using System.Diagnostics;

namespace Framelane.Api.Tests.Http.Telemetry;

/// <summary>What a collector gets that speaks OTLP.</summary>
public sealed class OtlpTests
{
    OtlpCollector collector = null!;

    ApiHost host = null!;

    Tenant tenant = null!;

    Receiver receiver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        collector = await OtlpCollector.StartAsync();
        receiver = await Receiver.StartAsync();
        host = await ApiHost.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "100"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"));
        tenant = await host.AddWorkspaceAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        tenant.Dispose();
        await host.DisposeAsync();
        await receiver.DisposeAsync();
        await collector.DisposeAsync();
    }

    [Test]
    public async Task One_trace_leads_from_a_request_to_the_attempt_that_it_caused()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var webhook = await tenant.CreateWebhookAsync(receiver.Url);

        await tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/test", null, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));

        await Eventually.HoldsAsync(() => Of(trace).Count == 2);
        var request = Of(trace).Single(span => span.ParentId == "00f067aa0ba902b7");
        Assert.That(Of(trace).Single(span => span != request), Has.Property("Name").EqualTo("webhook attempt").And.Property("ParentId").EqualTo(request.Id));
    }

    [Test]
    public async Task Metrics_come_too_and_probes_make_no_traces()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        foreach (var path in (string[])["/health", "/ready", "/v1/webhooks"])
            Assert.That((await tenant.Raw.GetAsync(path, ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"))).Status, Is.EqualTo(200));

        await Eventually.HoldsAsync(() => Of(trace).Count > 0 && collector.Metrics.Contains("http.server.request.duration"));

        Assert.That(collector.Metrics, Is.SupersetOf(new[] { "framelane.deliveries", "framelane.leases.lost", "dotnet.process.cpu.time" }));
        Assert.That(Of(trace).Select(span => span.Name), Is.EqualTo(new[] { "GET v1/webhooks" }));
    }

    IReadOnlyList<CollectedSpan> Of(string trace) => [.. collector.Spans.Where(span => span.TraceId == trace)];
}
