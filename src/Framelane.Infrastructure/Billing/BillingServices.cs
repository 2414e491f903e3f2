using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Billing;

static class BillingServices
{
    public static IServiceCollection AddBilling(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(StripeOptions.Section);
        services.AddOptions<StripeOptions>().Bind(section).Configure(options => options.TakeItems(section.GetSection(nameof(options.Prices)))).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StripeOptions>, StripeOptionsValidator>());
        services.AddSingleton<StripeConnection>();
        services.AddSingleton<IBillingProvider, StripeProvider>();
        return services.AddMeter(configuration);
    }

    /// <summary>What reports to the provider, whichever that is.</summary>
    public static IServiceCollection AddMeter(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<MeterMetrics>();
        services.AddSingleton<UsageMeter>();
        if (ProcessRoles.Of(configuration).Has(ProcessRoles.Worker))
            services.AddHostedService<SweepService<UsageMeter>>();
        return services;
    }
}
