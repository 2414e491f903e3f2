using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Framelane.Infrastructure.Assets;

static class AssetServices
{
    /// <summary>The queues of assets, and where this process is a worker, what takes them up.</summary>
    public static IServiceCollection AddAssets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<AssetPlaces>();
        services.AddSingleton<AssetInspector>();
        services.AddSingleton<AssetFiles>();
        services.AddSingleton<AssetRuns>();
        services.AddSingleton<IAssetSignal>(provider => new AssetSignals([.. AssetWork.All.Select(work => provider.GetRequiredKeyedService<AssetSignal>(work))]));
        var isWorker = ProcessRoles.Of(configuration).Has(ProcessRoles.Worker);
        foreach (var work in AssetWork.All)
        {
            services.AddKeyedSingleton<AssetSignal>(work);
            services.AddKeyedSingleton(work, (provider, _) => ActivatorUtilities.CreateInstance<AssetQueue>(provider, work));
            if (isWorker)
                services.AddSingleton<IHostedService>(provider => ActivatorUtilities.CreateInstance<AssetWorker>(
                    provider, work, provider.GetRequiredKeyedService<AssetQueue>(work), provider.GetRequiredKeyedService<AssetSignal>(work)));
        }

        return services;
    }
}
