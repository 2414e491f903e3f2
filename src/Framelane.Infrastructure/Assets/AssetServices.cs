using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Assets;

static class AssetServices
{
    /// <summary>The queue of assets, and where this process is a worker, what takes them up.</summary>
    public static IServiceCollection AddAssets(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<AssetSignal>();
        services.AddSingleton<IAssetSignal>(provider => provider.GetRequiredService<AssetSignal>());
        services.AddSingleton<AssetQueue>();
        services.AddSingleton<AssetInspector>();
        services.AddSingleton<AssetFiles>();
        services.AddSingleton<AssetRuns>();
        if (ProcessRoles.Of(configuration).Has(ProcessRoles.Worker))
            services.AddHostedService<AssetWorker>();
        return services;
    }
}
