using FluentValidation;
using FluentValidation.AspNetCore;
using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Bodies;
using Framelane.Api.Conventions.Capabilities;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Headers;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Conventions.Queries;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Api.Conventions.Validation;
using Framelane.Api.Hosting;
using Framelane.Api.OpenApi;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Infrastructure;
using Framelane.Infrastructure.Configuration;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Framelane.Api;

static class ApiServices
{
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddApiOptions(configuration);
        services.AddApiKeyAuthentication();
        services.AddApiControllers(ProcessRoles.Of(configuration));
        services.AddCors();
        services.AddDataProtection();
        services.AddHealthChecks();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<MemoryRateLimiter>();
        services.TryAddSingleton<IRateLimiter>(provider => provider.ShareRateLimits(provider.GetRequiredService<MemoryRateLimiter>()));
        services.AddSingleton<AcceptedKeys>();
        services.AddSingleton<BuildInfo>();
        services.AddSingleton<CapabilityDocument>();
        services.AddSingleton<CursorCodec>();
        services.AddFramelaneOpenApi();
        services.AddSingleton<IConfigureOptions<ForwardedHeadersOptions>, KnownProxies>();
        services.AddSingleton<IConfigureOptions<CorsOptions>, CrossOrigins>();
        return services;
    }

    /// <summary>The order is the contract: who is refused early costs little and learns little.</summary>
    public static void UseApi(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseHttpLogging();
        app.UseMiddleware<StandardHeaders>();
        app.UseCrossOrigins();
        app.UseMiddleware<ErrorBoundary>();
        app.UseStatusCodePages(BareStatus.WriteAsync);
        app.UseRouting();
        app.UseMiddleware<KeyGuessGuard>();
        app.UseAuthentication();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseAuthorization();
        app.MapControllers().RequireAuthorization();
        if (app.Services.GetRequiredService<ProcessRoles>().Has(ProcessRoles.Api))
            app.MapFramelaneOpenApi().WithMetadata(new UnmeteredAttribute());
    }

    static void AddApiControllers(this IServiceCollection services, ProcessRoles roles)
    {
        services.AddSingleton<ShapeCatalogue>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<IValidatorInterceptor, FaultInterceptor>();
        services.AddScoped<LookupRules>();
        services.AddFluentValidationAutoValidation(validation => validation.DisableDataAnnotationsValidation = true);
        ValidatorOptions.Global.DisplayNameResolver = WireDisplayNames.Resolve;

        services.AddControllers(mvc =>
        {
            // They would read a form's body before the one reader of bodies can refuse it.
            mvc.ValueProviderFactories.RemoveType<FormValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<FormFileValueProviderFactory>();
            mvc.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
            mvc.ModelBinderProviders.Insert(0, new QueryBinderProvider());
            mvc.ModelMetadataDetailsProviders.Add(new RouteTexts());
            mvc.OutputFormatters.RemoveType<StringOutputFormatter>();
            mvc.OutputFormatters.RemoveType<HttpNoContentOutputFormatter>();
            if (!roles.Has(ProcessRoles.Api))
                mvc.Conventions.Add(new ProbesOnly());
            mvc.Filters.Add<ValidationFilter>(order: 0);
            mvc.Filters.Add<IdempotencyFilter>(order: 1);
            mvc.Filters.Add<LookupFilter>(order: 2);
        })
        .AddJsonOptions(json => WireJson.Make(json.JsonSerializerOptions))
        .ConfigureApiBehaviorOptions(behaviour =>
        {
            behaviour.SuppressModelStateInvalidFilter = true;
            behaviour.SuppressMapClientErrors = true;
        });
        services.AddOptions<MvcOptions>().Configure<BodyReader>((mvc, reader) =>
        {
            mvc.InputFormatters.Clear();
            mvc.InputFormatters.Add(new JsonBodyFormatter(reader));
        });
    }
}
