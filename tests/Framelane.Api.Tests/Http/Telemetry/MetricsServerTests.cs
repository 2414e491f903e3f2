using System.Net;
using System.Net.Sockets;
using Framelane.Api.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http.Telemetry;

/// <summary>Where metrics are served, and where they are not.</summary>
public sealed class MetricsServerTests
{
    [Test]
    public async Task Metrics_and_the_api_are_apart([Values("api", "worker", "dispatcher")] string role)
    {
        await using var host = await ApiHost.StartAsync(("Framelane:Metrics:Url", "http://127.0.0.1:0"), ("Framelane:Roles", role));
        using var metrics = new Caller(Scrape.UrlOf(host), host.First.Key);

        Assert.Multiple(async () =>
        {
            Assert.That((await metrics.GetAsync("/metrics")).Status, Is.EqualTo(200));
            foreach (var path in (string[])["/", "/health", "/ready", "/v1/workspace", "/openapi.json", "/metrics/more"])
                Assert.That((await metrics.GetAsync(path)).Status, Is.EqualTo(404), path);
            Assert.That((await host.First.Raw.GetAsync("/metrics")).Status, Is.EqualTo(404));
            Assert.That((await host.First.Raw.GetAsync("/metrics", ("Host", Scrape.UrlOf(host).Authority))).Status, Is.EqualTo(404));
        });
    }

    [Test]
    public void They_are_off_unless_asked_for() => Assert.That(SharedHost.Host.Services.GetService<MetricsServer>(), Is.Null);

    [Test]
    public void A_place_that_is_taken_stops_the_start_and_is_told_by_its_key()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        Assert.That(
            () => ApiHost.StartAsync(("Framelane:Metrics:Url", $"http://{other.LocalEndpoint}")),
            Throws.InvalidOperationException.With.Message.Contains(MetricsOptions.UrlKey));
    }
}
