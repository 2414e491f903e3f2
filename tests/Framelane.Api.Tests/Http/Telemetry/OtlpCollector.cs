using System.Collections.Concurrent;
using System.Text;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Framelane.Api.Tests.Http.Telemetry;

/// <summary>What takes traces and metrics by OTLP over HTTP, and reads of them what the tests ask for. Field numbers are those of opentelemetry-proto 1.</summary>
sealed class OtlpCollector : IAsyncDisposable
{
    const int Groups = 1;
    const int Scopes = 2;
    const int Items = 2;

    readonly WebApplication app;
    readonly ConcurrentQueue<CollectedSpan> spans = new();
    readonly ConcurrentQueue<string> metrics = new();

    OtlpCollector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/v1/traces", request => TakeAsync(request, span => spans.Enqueue(CollectedSpan.Of(span))));
        app.MapPost("/v1/metrics", request => TakeAsync(request, metric => metrics.Enqueue(Encoding.UTF8.GetString(Fields(metric, 1).Single()))));
    }

    public IReadOnlyList<CollectedSpan> Spans => [.. spans];

    /// <summary>By name.</summary>
    public IReadOnlyList<string> Metrics => [.. metrics.Distinct()];

    public string Url => app.Urls.Single();

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        await collector.app.StartAsync();
        return collector;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal static IEnumerable<byte[]> Fields(byte[] message, int number)
    {
        using var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                yield return input.ReadBytes().ToByteArray();
            else
                input.SkipLastField();
        }
    }

    static async Task TakeAsync(HttpContext context, Action<byte[]> take)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (var item in Fields(body.ToArray(), Groups).SelectMany(group => Fields(group, Scopes)).SelectMany(scope => Fields(scope, Items)))
            take(item);
        context.Response.ContentType = "application/x-protobuf";
    }
}

/// <param name="ParentId">Empty where it has none.</param>
sealed record CollectedSpan(string TraceId, string Id, string ParentId, string Name)
{
    public static CollectedSpan Of(byte[] span) => new(Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(OtlpCollector.Fields(span, 5).Single()));

    static string Hex(byte[] span, int number) => Convert.ToHexStringLower(OtlpCollector.Fields(span, number).SingleOrDefault() ?? []);
}
