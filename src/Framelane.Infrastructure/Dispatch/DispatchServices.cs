using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Backplane;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Rotation;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Dispatch;

static class DispatchServices
{
    /// <summary>The rotation barrier and the dispatcher. Hosted services stop in the reverse order, so senders stop before what they need.</summary>
    public static IServiceCollection AddDispatch(this IServiceCollection services, IConfiguration configuration)
    {
        var roles = ProcessRoles.Of(configuration);
        services.AddSingleton(roles);
        services.AddOptions<WebhooksOptions>().Bind(configuration.GetSection(WebhooksOptions.Section)).ValidateOnStart()
            .WithList($"{WebhooksOptions.Section}:{nameof(WebhooksOptions.RetrySchedule)}", options => options.RetrySchedule, "a time span such as 00:05:00");
        services.AddSingleton<IValidateOptions<WebhooksOptions>, WebhooksOptionsValidator>();

        services.AddSingleton<EpochGate>();
        services.AddSingleton<IEpochGate>(provider => provider.GetRequiredService<EpochGate>());
        services.AddSingleton<IEpochBarrier, EpochBarrier>();
        services.AddSingletonHosted<NodeRegistry>();
        services.AddHealthChecks().AddCheck<NodeHealth>(NodeHealth.Name);
        services.AddSingletonHosted<Permits>();
        services.AddTransient<INotificationHandler<DomainEventNotification<SecretRotated>>, RekeySigners>();
        services.AddTransient<INotificationHandler<DomainEventNotification<PreviousSecretDropped>>, RekeySigners>();
        services.AddTransient<INotificationHandler<DomainEventNotification<EndpointsChanged>>, RekeySigners>();
        services.AddTransient<INotificationHandler<DomainEventNotification<ApiKeyRevoked>>, RekeySigners>();
        services.AddTransient<INotificationHandler<DomainEventNotification<WorkspaceDeleted>>, RekeySigners>();

        services.AddSingleton<DispatchSignal>();
        services.AddSingleton<DueTimes>();
        services.AddBackplane(configuration);
        services.AddSingleton<IPingSender, PingSender>();
        services.AddSingleton<AttemptSender>();
        services.AddSingleton<Lanes>();
        services.AddSingletonHosted<EndpointKeeper>();
        services.AddSingletonHosted<AttemptRecorder>();
        if (roles.Has(ProcessRoles.Dispatcher))
        {
            services.AddSingletonHosted<Dispatcher>();
            services.AddHealthChecks().AddCheck<DispatcherHealth>(DispatcherHealth.Name);
        }

        return services;
    }

    /// <summary>One object that others can ask for and that the host starts and stops.</summary>
    static void AddSingletonHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
