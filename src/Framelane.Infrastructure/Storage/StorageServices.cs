using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Framelane.Infrastructure.Storage;

static class StorageServices
{
    /// <summary>Registers storage, of the kind that is configured, and what serves its signed URLs.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<IPublicUrls>(provider => provider.GetRequiredService<PublicAddress>());
        services.AddSingleton<SignedUrls>();
        services.AddSingleton<ISignedFiles, SignedFiles>();
        services.AddSingleton<IObjectStorage, FolderStorage>();
        return services;
    }
}
