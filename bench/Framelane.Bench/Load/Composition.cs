using Framelane.Application;
using Framelane.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Framelane.Bench.Load;

/// <summary>The product's own composition in a process of the bench, over the database of the given place.</summary>
static class Composition
{
    public static Task<IHost> BuildAsync(string dataPath, IEnumerable<KeyValuePair<string, string>> settings) =>
        BuildAsync(Place.Embedded(dataPath), settings);

    /// <summary>Until its host is started nothing runs in it: its services can be used to write, and it is no node.</summary>
    public static async Task<IHost> BuildAsync(
        Place place,
        IEnumerable<KeyValuePair<string, string>> settings,
        Action<IServiceCollection>? change = null)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([.. Settings.Of(place.Folder), .. place.Settings.Concat(settings).Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value))]);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);

        // What it reports as failed it throws too, or it is a question that is answered by failing.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        builder.Services.AddApplication();
        builder.Services.AddInfrastructure(builder.Configuration);
        change?.Invoke(builder.Services);
        var host = builder.Build();
        await host.Services.InitializeInfrastructureAsync(CancellationToken.None);
        return host;
    }
}
