using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace Framelane.Api.Hosting;

/// <summary>Serves <c>/metrics</c> and nothing else, on a listener of its own: what may reach the API does not reach it.</summary>
sealed partial class MetricsServer : IHostedService, IHttpApplication<HttpContext>, IDisposable
{
    readonly KestrelServer server;
    readonly RequestDelegate scrape;
    readonly string url;
    readonly ILogger<MetricsServer> logger;

    public MetricsServer(IServiceProvider services, IOptions<MetricsOptions> options, ILoggerFactory loggers, ILogger<MetricsServer> logger)
    {
        (url, this.logger) = (options.Value.Url!, logger);
        var settings = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = services };
        settings.Limits.MaxConcurrentConnections = 100;
        settings.Limits.MaxRequestBodySize = 0;
        server = new(Options.Create(settings), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        var pipeline = new ApplicationBuilder(services);
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(services.GetRequiredService<MeterProvider>(), context => context.Request.Path == "/metrics", null, null, null);
        scrape = pipeline.Build();
    }

    /// <summary>Where it listens.</summary>
    internal Uri Url => new(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Add(url);
        try
        {
            await server.StartAsync(this, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{MetricsOptions.UrlKey}: nothing can listen at '{url}'. {failure.Message}", failure);
        }

        LogServing(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => scrape(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    [LoggerMessage(LogLevel.Information, "Metrics are served on {Url}/metrics")]
    partial void LogServing(string url);
}
