using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Assets;

static class AssetServices
{
    public static IServiceCollection AddAssets(this IServiceCollection services)
    {
        services.AddSingleton<AssetSignal>();
        services.AddSingleton<IAssetSignal>(provider => provider.GetRequiredService<AssetSignal>());
        return services;
    }
}
