using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Billing;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Media;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Jobs;

static class JobServices
{
    /// <summary>The queue of jobs, and where this process is a worker, what takes them up.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JobSignal>();
        services.AddSingleton<IJobSignal>(provider => provider.GetRequiredService<JobSignal>());
        services.AddSingleton<JobQueue>();
        services.AddScoped<RenderPlaces>();
        services.AddScoped<MeteredRenders>();
        services.AddSingleton<JobRuns>();
        services.AddSingleton<WorkFolder>();
        services.AddSingleton<SceneFiles>();
        services.AddSingleton<IJobRunner, RenderRunner>();
        services.AddSingleton<IRenderCache, RenderCache>();
        services.AddSingleton<RenderCacheMetrics>();
        if (ProcessRoles.Of(configuration).Has(ProcessRoles.Worker))
        {
            services.AddSingleton<MediaHealth>();
            services.AddHealthChecks().AddCheck<MediaHealth>(MediaHealth.Name).AddCheck<TextHealth>(TextHealth.Name);
            services.AddHostedService<JobWorker>();
        }

        return services;
    }
}
