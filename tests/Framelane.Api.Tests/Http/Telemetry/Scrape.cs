using System.Globalization;
using System.Text.RegularExpressions;
using Framelane.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http.Telemetry;

/// <summary>What a host tells at <c>/metrics</c>.</summary>
sealed partial class Scrape(string text)
{
    readonly IReadOnlyList<Match> samples = Sample().Matches(text);

    public string Text => text;

    public IEnumerable<string> Labels => samples.SelectMany(sample => Label().Matches(sample.Groups["labels"].Value)).Select(label => label.Groups[1].Value).Distinct();

    public static async Task<Scrape> OfAsync(ApiHost host)
    {
        using var http = new HttpClient();
        return new(await http.GetStringAsync(new Uri(UrlOf(host), "/metrics")));
    }

    /// <summary>Scrapes until a value is as wanted, which it then has to stay.</summary>
    public static async Task<Scrape> UntilAsync(ApiHost host, double value, string name, string labels = "")
    {
        Scrape? latest = null;
        await Eventually.HoldsAsync(async () => (latest = await OfAsync(host)).Of(name, labels) >= value, $"{name}{{{labels}}} did not become {value}.");
        Assert.That(latest!.Of(name, labels), Is.EqualTo(value), $"{name}{{{labels}}}");
        return latest;
    }

    public static Uri UrlOf(ApiHost host) => host.Services.GetRequiredService<MetricsServer>().Url;

    public bool Has(string name, string labels = "") => samples.Any(
        sample => sample.Groups["name"].Value == name && sample.Groups["labels"].Value.Contains(labels, StringComparison.Ordinal));

    /// <summary>The sum of all series of that name with that label, as in <c>outcome="failed"</c>; 0 where there is none.</summary>
    public double Of(string name, string labels = "") => samples
        .Where(sample => sample.Groups["name"].Value == name && sample.Groups["labels"].Value.Contains(labels, StringComparison.Ordinal))
        .Sum(sample => double.Parse(sample.Groups["value"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? (?<value>\S+)( \d+)?$""", RegexOptions.Multiline)]
    private static partial Regex Sample();

    [GeneratedRegex("""(\w+)="(?:[^"\\]|\\.)*",?""")]
    private static partial Regex Label();
}
