using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Bench.Load;

/// <summary>A receiver of webhooks on loopback; where it is slow to shake hands it has a second address, whose connections take their time to stand.</summary>
sealed class Sink : IAsyncDisposable
{
    readonly WebApplication app;
    readonly Uri? slow;

    Sink(WebApplication app, Uri address, Uri? slow) => (this.app, Address, this.slow) = (app, address, slow);

    public Uri Address { get; }

    /// <param name="slowest">How long the TLS handshake at the second address takes at most; none by default, and no such address.</param>
    /// <param name="certificate">Gets what has to be trusted there, as PEM.</param>
    public static async Task<Sink> StartAsync(RequestDelegate receive, TimeSpan slowest = default, Action<string>? certificate = null)
    {
        // It would watch the whole folder that it is started in for a change of its settings.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();

        // A host of its own would take the signals that are meant to end the whole process.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
            if (certificate is not null)
                kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(SlowHandshake(slowest, certificate)));
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        app.Run(receive);
        await app.StartAsync();
        Uri[] addresses = [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address))];
        return new(app, addresses[0], addresses.ElementAtOrDefault(1));
    }

    public string UrlOf(string path) => new Uri(Address, path).AbsoluteUri;

    /// <summary>At the second address, where there is one.</summary>
    public string SlowUrlOf(string path) => new Uri(slow ?? Address, path).AbsoluteUri;

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
    }

    static TlsHandshakeCallbackOptions SlowHandshake(TimeSpan slowest, Action<string> certificate)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Receiver", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var own = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        certificate(own.ExportCertificatePem());
        var options = new SslServerAuthenticationOptions { ServerCertificate = own };
        return new()
        {
            OnConnection = async _ =>
            {
                await Task.Delay(Random.Shared.NextDouble() * slowest);
                return options;
            },
        };
    }

    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
