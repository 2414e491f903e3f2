using Framelane.Application.Common;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Configuration;

static class StorageOptionServices
{
    /// <summary>Each section is validated at the start; a wrong value stops it with a message that names the key.</summary>
    public static IServiceCollection AddStorageOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<FramelaneOptions, FramelaneOptionsValidator>(configuration.GetSection(FramelaneOptions.Section))
            .Configure(options => options.Roles = ProcessRoles.Written(configuration));
        services.AddSection<DatabaseOptions, DatabaseOptionsValidator>(configuration.GetSection(DatabaseOptions.Section));
        services.AddSection<SecretsOptions, SecretsOptionsValidator>(configuration.GetSection(SecretsOptions.Section));
        services.AddSection<BootstrapOptions, BootstrapOptionsValidator>(configuration.GetSection(BootstrapOptions.Section));
        services.AddSection<SmtpOptions, SmtpOptionsValidator>(configuration.GetSection(SmtpOptions.Section));
        services.AddSection<OidcOptions, OidcOptionsValidator>(configuration.GetSection(OidcOptions.Section))
            .WithList($"{OidcOptions.Section}:{nameof(OidcOptions.AuthorizedParties)}", options => options.AuthorizedParties, "a text");
        services.AddSection<StorageOptions, StorageOptionsValidator>(configuration.GetSection(StorageOptions.Section));
        services.AddSection<PreviewOptions, PreviewOptionsValidator>(configuration.GetSection(PreviewOptions.Section));
        services.AddSection<MediaOptions, MediaOptionsValidator>(configuration.GetSection(MediaOptions.Section))
            .WithList($"{MediaOptions.Section}:{nameof(MediaOptions.FontPaths)}", options => options.FontPaths, "a folder");
        return services;
    }

    static OptionsBuilder<TOptions> AddSection<TOptions, TValidator>(this IServiceCollection services, IConfiguration section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        return services.AddOptions<TOptions>().Bind(section).ValidateOnStart();
    }
}
