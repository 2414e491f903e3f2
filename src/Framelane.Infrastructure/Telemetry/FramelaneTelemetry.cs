using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>What this process measures and traces, for whoever exports it.</summary>
public static class FramelaneTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "Framelane";

    /// <summary>How often the queues and the dependencies are looked at.</summary>
    static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    /// <summary>Looks at the queues and the dependencies in the background, which only pays where somebody collects the metrics.</summary>
    public static IServiceCollection AddPolledMetrics(this IServiceCollection services)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<QueueMetrics>(provider, LookInterval));
        services.AddHostedService(provider => provider.GetRequiredService<QueueMetrics>());
        services.AddHostedService<CountersAtZero>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthCheckPublisher, DependencyMetrics>());
        services.Configure<HealthCheckPublisherOptions>(publisher => (publisher.Delay, publisher.Period) = (TimeSpan.Zero, LookInterval));
        return services;
    }
}
