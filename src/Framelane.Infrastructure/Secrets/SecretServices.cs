using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Secrets;

static class SecretServices
{
    public static IServiceCollection AddSecrets(this IServiceCollection services)
    {
        services.AddSingleton<MasterKey>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyRingRepository>();
        services.AddSingleton<MasterKeyEncryptor>();
        services.AddSingleton<ISecretProtector, SecretProtector>();
        services.AddSingleton<ISignupCodes, SignupCodes>();
        services.AddHostedService<KeyRingKeeper>();

        // Keys are made by KeyRing alone: a ring that does not open must stop the start, not get a new key.
        services.AddDataProtection().SetApplicationName("framelane").DisableAutomaticKeyGeneration();
        services.AddOptions<KeyManagementOptions>().Configure<KeyRingRepository, MasterKeyEncryptor>((options, repository, encryptor) =>
        {
            options.XmlRepository = repository;
            options.XmlEncryptor = encryptor;
        });
        return services;
    }
}
