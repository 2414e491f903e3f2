using Framelane.Application.Common;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Hosting;

static class ServerSetup
{
    const string DefaultUrl = "http://127.0.0.1:8080";

    // What the frameworks tell of every request and statement drowns what an operator looks for. Configuration may ask for it.
    static readonly Dictionary<string, string?> QuietLogs = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
    };

    /// <summary>What is under way may take so long to end after a stop was asked for; what has not is handed back or cut off.</summary>
    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietLogs });

        // The framework's own default is another port, and a file's value would win over ASPNETCORE_URLS.
        string[] given = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (given.All(key => string.IsNullOrEmpty(builder.Configuration[key])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.UseKestrel(options => options.AddServerHeader = false);
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, BodyLimit>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
    }

    sealed class BodyLimit(IOptions<FramelaneLimits> limits) : IConfigureOptions<KestrelServerOptions>
    {
        public void Configure(KestrelServerOptions options) => options.Limits.MaxRequestBodySize = limits.Value.BodyBytes;
    }
}
