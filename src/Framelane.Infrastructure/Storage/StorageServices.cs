using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Media;
using Framelane.Infrastructure.Persistence.Maintenance;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Storage;

static class StorageServices
{
    /// <summary>Registers storage, of the kind that is configured, what serves its signed URLs, what fetches into it, and what sweeps it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IPublicUrls, PublicAddress>();
        services.AddSingleton<SignedUrls>();
        services.AddSingleton<IUploadLinks>(provider => provider.GetRequiredService<SignedUrls>());
        services.AddSingleton<ISignedFiles, SignedFiles>();
        services.AddSingleton<FolderStorage>();
        services.AddSingleton<FolderDrafts>();
        services.AddSingleton<S3Storage>();
        services.AddSingleton<S3Drafts>();
        services.AddSingleton(provider => S3Client.Create(provider.GetRequiredService<IOptions<StorageOptions>>().Value.S3));
        services.AddSingleton<IObjectStorage>(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.IsS3
            ? provider.GetRequiredService<S3Storage>()
            : provider.GetRequiredService<FolderStorage>());
        services.AddSingleton<IDraftStorage>(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.IsS3
            ? provider.GetRequiredService<S3Drafts>()
            : provider.GetRequiredService<FolderDrafts>());
        services.AddSingleton<IFreeSpace>(provider => new FreeSpace(
            provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<IOptions<StorageOptions>>()));
        services.AddSingleton<ISourceFetcher, SourceFetcher>();
        services.AddSingleton<StorageHealth>();
        services.AddHealthChecks().AddCheck<StorageHealth>(StorageHealth.Name);
        services.AddSingleton<StorageSweep>();
        services.AddSingleton<LeftoverSweep>();
        services.AddSingleton<CustomerErasure>();
        services.AddSingleton<WorkspaceErasure>();
        if (ProcessRoles.Of(configuration).Has(ProcessRoles.Worker))
        {
            services.AddHostedService<SweepService<StorageSweep>>();
            services.AddHostedService<SweepService<LeftoverSweep>>();
            services.AddHostedService<SweepService<WorkspaceErasure>>();
        }

        return services;
    }
}
