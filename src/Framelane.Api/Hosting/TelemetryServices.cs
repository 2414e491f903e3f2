using Framelane.Infrastructure.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Framelane.Api.Hosting;

/// <summary>
/// Exports what is measured and traced: metrics to whoever scrapes them, and both to a collector where OpenTelemetry's own settings
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_TRACES_SAMPLER</c> and so on) name one. Without either nothing of it runs.
/// </summary>
static class TelemetryServices
{
    const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";
    const string ServiceNameKey = "OTEL_SERVICE_NAME";

    /// <summary>Named one by one: a meter that a library adds some day is not published unseen.</summary>
    static readonly string[] Meters = [FramelaneTelemetry.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"];

    /// <remarks>Called before whatever runs in the background: metrics are served until that has ended.</remarks>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var scraped = !string.IsNullOrEmpty(builder.Configuration[MetricsOptions.UrlKey]);
        var exported = !string.IsNullOrEmpty(builder.Configuration[EndpointKey]);
        if (!scraped && !exported)
            return;

        builder.Services.AddPolledMetrics();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Configuration[ServiceNameKey] ?? "framelane").AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters);
                if (scraped)
                    metrics.AddPrometheusExporter();
                if (exported)
                    metrics.AddOtlpExporter();
            });
        if (exported)
            telemetry.WithTracing(traces => traces.AddSource(FramelaneTelemetry.Name).AddAspNetCoreInstrumentation(requests => requests.Filter = IsNoProbe).AddOtlpExporter());
        if (!scraped)
            return;
        builder.Services.AddSingleton<MetricsServer>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<MetricsServer>());
    }

    static bool IsNoProbe(HttpContext context) => context.Request.Path.Value is not ("/health" or "/ready");
}
