using Framelane.Api.Conventions.Headers;
using Framelane.Application.Common;
using Framelane.Application.Plans;
using Framelane.Application.Signups;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Hosting;

/// <summary>The API's own configuration. Each fault is told with the key that it stands at.</summary>
static class OptionsSetup
{
    public static IServiceCollection AddApiOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<ProxyOptions>(configuration, ProxyOptions.Section)
            .Configure(proxies => proxies.Known = [.. proxies.Known, .. configuration.BetweenCommas($"{ProxyOptions.Section}:{nameof(proxies.Known)}")]);
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>();
        services.AddChecked<CrossOriginOptions>(configuration, CrossOriginOptions.Section)
            .Configure(pages => pages.Origins = [.. pages.Origins, .. configuration.BetweenCommas($"{CrossOriginOptions.Section}:{nameof(pages.Origins)}")]);
        services.AddSingleton<IValidateOptions<CrossOriginOptions>, CrossOriginOptionsValidator>();
        services.AddChecked<MetricsOptions>(configuration, MetricsOptions.Section);
        services.AddSingleton<IValidateOptions<MetricsOptions>, MetricsOptionsValidator>();
        services.AddChecked<FramelaneLimits>(configuration, FramelaneLimits.Section)
            .AtLeast(limits => limits.BodyBytes, 1024, $"{FramelaneLimits.Section}:BodyBytes")
            .AtLeast(limits => limits.Elements, 1, $"{FramelaneLimits.Section}:Elements")
            .AtLeast(limits => limits.Transitions, 0, $"{FramelaneLimits.Section}:Transitions")
            .AtLeast(limits => limits.MetadataEntries, 0, $"{FramelaneLimits.Section}:MetadataEntries")
            .AtLeast(limits => limits.TextLength, 1, $"{FramelaneLimits.Section}:TextLength")
            .AtLeast(limits => limits.WebhooksPerWorkspace, 1, $"{FramelaneLimits.Section}:WebhooksPerWorkspace");
        services.AddChecked<PlanOptions>(configuration, PlanOptions.Section);
        services.AddSingleton<IValidateOptions<PlanOptions>, PlanOptionsValidator>();
        services.AddChecked<SignupOptions>(configuration, SignupOptions.Section);
        services.AddChecked<RateLimitOptions>(configuration, RateLimitOptions.Section)
            .AtLeast(limits => limits.UnauthenticatedRequestsPerMinute, 1, $"{RateLimitOptions.Section}:UnauthenticatedRequestsPerMinute")
            .AtLeast(limits => limits.BillingPagesPerMinute, 1, $"{RateLimitOptions.Section}:BillingPagesPerMinute")
            .AtLeast(limits => limits.UploadPartsPerMinute, 1, $"{RateLimitOptions.Section}:UploadPartsPerMinute");
        return services;
    }

    /// <remarks>The binder passes over a list that is written as a single value, and nobody would be known.</remarks>
    static string[] BetweenCommas(this IConfiguration configuration, string key) =>
        configuration[key]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    static OptionsBuilder<T> AddChecked<T>(this IServiceCollection services, IConfiguration configuration, string section)
        where T : class => services.AddOptions<T>().Bind(configuration.GetSection(section)).ValidateOnStart();

    static OptionsBuilder<T> AtLeast<T>(this OptionsBuilder<T> options, Func<T, int> value, int minimum, string key)
        where T : class => options.Validate(settings => value(settings) >= minimum, $"{key} must be at least {minimum}.");
}
