using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Backplane;

static class BackplaneServices
{
    /// <summary>Redis where its connection string is given, and nothing in its place otherwise.</summary>
    public static IServiceCollection AddBackplane(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RedisOptions>().Bind(configuration.GetSection(RedisOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RedisOptions>, RedisOptionsValidator>();
        if (configuration[RedisOptions.ConnectionStringKey] is null)
        {
            services.AddSingleton<IBackplane, NoBackplane>();
        }
        else
        {
            services.AddSingleton<BackplaneListener>();
            services.AddSingleton<RedisConnection>();
            services.AddHostedService(provider => provider.GetRequiredService<RedisConnection>());
            services.AddSingleton<IBackplane, RedisBackplane>();
            services.AddHealthChecks().AddCheck<RedisHealth>(RedisHealth.Name);
        }

        services.AddSingleton<DispatchAnnouncer>();
        services.AddHostedService(provider => provider.GetRequiredService<DispatchAnnouncer>());
        services.AddSingleton<IDispatchSignal>(provider => provider.GetRequiredService<DispatchAnnouncer>());
        return services;
    }
}
