using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Billing;
using Framelane.Application.Billing.Events;
using Framelane.Application.Capabilities;
using Framelane.Application.Imports;
using Framelane.Application.Jobs;
using Framelane.Application.Plans;
using Framelane.Application.Sessions;
using Framelane.Application.Signups;
using Framelane.Application.Uploads.Send;
using Framelane.Application.Webhooks;
using Framelane.Application.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Framelane.Application;

public static class DependencyInjection
{
    /// <summary>Registers the use cases. The ports are Infrastructure's to register.</summary>
    /// <param name="autoMapperLicenseKey">AutoMapper's licence key; its absence is only logged.</param>
    public static IServiceCollection AddApplication(this IServiceCollection services, string? autoMapperLicenseKey = null)
    {
        var assembly = typeof(DependencyInjection).Assembly;
        services.AddMediatR(options => options.RegisterServicesFromAssembly(assembly));
        services.AddAutoMapper(options => options.LicenseKey = autoMapperLicenseKey, assembly);
        services.AddValidatorsFromAssembly(assembly, includeInternalTypes: true);
        services.AddScoped<IdempotencyContext>();
        services.AddScoped<PendingDeliveries>();
        services.AddSingleton<SliceTurns>();
        services.AddScoped<JobViews>();
        services.AddScoped<JobEvents>();
        services.AddSingleton<JobWatch>();
        services.AddSingleton<SourceUrls>();
        services.AddScoped<AssetViews>();
        services.AddScoped<JobSources>();
        services.AddScoped<PlanGate>();
        services.AddScoped<StorageGate>();
        services.AddScoped<FormerUse>();
        services.AddScoped<NewWorkspaces>();
        services.AddScoped<BillingCustomers>();
        services.AddScoped<SubscriptionSync>();
        services.AddSingleton<IAccountCapability, BillingCapability>();
        services.AddSingleton<IAccountCapability, SessionCapability>();
        services.AddSingleton<IAccountCapability, SignupCapability>();
        services.AddSingleton<SourceUrlRules>();
        services.AddSingleton<ImportViews>();
        services.AddScoped<UploadTurns>();
        services.AddScoped<PartWriter>();
        services.TryAddSingleton(RenderingCapabilities.None);
        services.AddSingleton<CapabilityComposer>();
        services.AddSingleton(provider => provider.GetRequiredService<CapabilityComposer>().Compose());
        return services;
    }
}
