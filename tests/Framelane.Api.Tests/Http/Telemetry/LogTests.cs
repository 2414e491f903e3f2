using System.Text.Json.Nodes;
using Framelane.Api.Tests.Http.Start;

namespace Framelane.Api.Tests.Http.Telemetry;

/// <summary>Logs as machines read them.</summary>
public sealed class LogTests
{
    [Test]
    public async Task Each_line_of_a_request_names_its_trace()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var data = new DataFolder();
        await using var process = ApiProcess.Start(
            ("Framelane:DataPath", data.Path),
            ("Logging:Console:FormatterName", "json"),
            ("Logging:LogLevel:Microsoft.AspNetCore", "Information"));
        using var caller = new Caller(await process.UrlAsync(), null);

        await caller.GetAsync("/v1/workspace", ("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));

        await Eventually.HoldsAsync(() => process.Output.Contains("StatusCode", StringComparison.Ordinal));
        var lines = process.Output.Split('\n').Select(line => JsonNode.Parse(line)!).Where(line => line.ToJsonString().Contains("/v1/workspace", StringComparison.Ordinal)).ToList();
        Assert.That(lines, Has.Count.GreaterThan(1));
        Assert.That(lines.Select(line => TagOf(line, "TraceId")), Has.All.EqualTo(Trace));
        Assert.That(lines.Select(line => TagOf(line, "SpanId")).Distinct(), Has.Exactly(1).Items.And.None.Null);
    }

    static string? TagOf(JsonNode line, string name) => line["Scopes"]?.AsArray().Select(scope => (string?)(scope as JsonObject)?[name]).FirstOrDefault(value => value is not null);
}
