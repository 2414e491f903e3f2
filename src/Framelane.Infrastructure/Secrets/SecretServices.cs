using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Secrets;

static class SecretServices
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddSingleton<MasterKey>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyRingRepository>();
        services.AddSingleton<ISecretProtector, SecretProtector>();
        services.AddSingleton<ISignupCodes, SignupCodes>();
        services.AddHostedService<KeyRingKeeper>();

        services.AddSingleton<ISecretReencryption, Reencryption>();
        services.AddSecretRing<KeyRingRepository>();
        return services;
    }

    /// <summary>What encrypts under a ring that lies in the repository, wrapped by the master key that is registered.</summary>
    public static void AddSecretRing<TRepository>(this IServiceCollection services)
        where TRepository : class, IXmlRepository
    {
        services.AddSingleton<MasterKeyEncryptor>();

        // Keys are made by KeyRing alone: a ring that does not open must stop the start, not get a new key.
        services.AddDataProtection().SetApplicationName("framelane").DisableAutomaticKeyGeneration();
        services.AddOptions<KeyManagementOptions>().Configure<TRepository, MasterKeyEncryptor>((options, repository, encryptor) =>
        {
            options.XmlRepository = repository;
            options.XmlEncryptor = encryptor;
        });
    }
}
