using Framelane.Application.Common;
using Framelane.Infrastructure.Configuration;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Hosting;

static class ServerSetup
{
    const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>
    /// Settings are read once. To notice that their file changes, the framework watches the whole folder that the server was started in, and
    /// that is where its data lies by default: every page that the database writes would be told to it, and every folder of files watched.
    /// </summary>
    const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    // What the frameworks tell of every request and statement drowns what an operator looks for. Configuration may ask for it.
    static readonly Dictionary<string, string?> QuietLogs = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
    };

    // They write whole addresses, and a signed one is as good as a key for as long as it holds. Requests are told of by what writes the path alone.
    static readonly string[] Talkative = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Mvc.Infrastructure.RedirectResultExecutor"];

    /// <summary>What is under way may take so long to end after a stop was asked for; what has not is handed back or cut off.</summary>
    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(25);

    public static WebApplicationBuilder CreateBuilder(string[] args) => WebApplication.CreateBuilder([ReadOnce, .. args]);

    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietLogs });
        builder.AddSecretFiles();

        // Scopes have the trace id. A line that a program reads has room for them.
        if ("json".Equals(builder.Configuration["Logging:Console:FormatterName"], StringComparison.OrdinalIgnoreCase))
            builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = [new("Logging:Console:FormatterOptions:IncludeScopes", "true")] });

        builder.Services.PostConfigure<LoggerFilterOptions>(Hush);
        builder.Services.AddHttpLogging(logging =>
        {
            logging.LoggingFields = HttpLoggingFields.RequestMethod | HttpLoggingFields.RequestPath | HttpLoggingFields.ResponseStatusCode | HttpLoggingFields.Duration;
            logging.CombineLogs = true;
        });

        // The framework's own default is another port, and a file's value would win over ASPNETCORE_URLS.
        string[] given = [WebHostDefaults.ServerUrlsKey, WebHostDefaults.HttpPortsKey, WebHostDefaults.HttpsPortsKey];
        if (given.All(key => string.IsNullOrEmpty(builder.Configuration[key])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.UseKestrel(options => options.AddServerHeader = false);
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, BodyLimit>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
    }

    /// <summary>For programs whose output others read: nothing is logged to it, and little at all.</summary>
    public static void KeepOutputClean(this WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("LuckyPennySoftware", LogLevel.Error);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    /// <remarks>A level that is configured for one provider wins over one for all, however little it names; of two alike the last wins.</remarks>
    static void Hush(LoggerFilterOptions filters)
    {
        foreach (var provider in filters.Rules.Select(rule => rule.ProviderName).Append(null).Distinct().ToArray())
        {
            foreach (var category in Talkative)
                filters.Rules.Add(new(provider, category, LogLevel.Warning, null));
        }
    }

    /// <remarks>Below the environment and the command line, which win as they do over a file of settings.</remarks>
    static void AddSecretFiles(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[SecretsOptions.FolderKey] is not { } folder || !Directory.Exists(folder))
            return;
        builder.Configuration.Sources.Insert(1, new KeyPerFileConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(Path.GetFullPath(folder)),
            IgnoreCondition = name => !name.StartsWith("Framelane__", StringComparison.OrdinalIgnoreCase),
        });
    }

    sealed class BodyLimit(IOptions<FramelaneLimits> limits) : IConfigureOptions<KestrelServerOptions>
    {
        // The server counts what frames a chunk too: five bytes where the chunk is of one. What a body itself may be, its reader sees to.
        public void Configure(KestrelServerOptions options) => options.Limits.MaxRequestBodySize = (6L * limits.Value.BodyBytes) + 16;
    }
}
