using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Outbound;

public static class OutboundServices
{
    /// <summary>
    /// Registers the guard of outbound requests: <see cref="OutboundOptions"/> (validated at start), <see cref="INameResolver"/>,
    /// <see cref="GuardedConnector"/> and <see cref="IWebhookUrlPolicy"/>. Needs an <see cref="IConfiguration"/> in the container.
    /// </summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddOptions<OutboundOptions>()
            .BindConfiguration(OutboundOptions.Section)
            .WithList($"{OutboundOptions.Section}:{nameof(OutboundOptions.AllowedNetworks)}", options => options.AllowedNetworks, "a CIDR range")
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboundOptions>, OutboundOptionsValidator>());

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<INameResolver>(provider => new DnsNameResolver(provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<AddressPolicy>();
        services.TryAddSingleton<GuardedConnector>();
        services.TryAddSingleton<IWebhookUrlPolicy, WebhookUrlPolicy>();
        return services;
    }
}
