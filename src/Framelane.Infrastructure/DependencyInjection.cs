using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Backplane;
using Framelane.Infrastructure.Billing;
using Framelane.Infrastructure.Bootstrap;
using Framelane.Infrastructure.Dispatch;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Outbound;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Previews;
using Framelane.Infrastructure.Sessions;
using Framelane.Infrastructure.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure;

public static class DependencyInjection
{
    /// <summary>Registers what fills Application's ports: the database, the secrets, the guard on outbound requests, the dispatcher.</summary>
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPersistence(configuration);
        services.AddOutbound();
        services.AddDispatch(configuration);
        services.AddStorage(configuration);
        services.AddJobs(configuration);
        services.AddAssets(configuration);
        services.AddPreviews();
        services.AddBilling(configuration);
        services.AddSessions();
        return services;
    }

    /// <summary>Has all processes count together where there is a backplane; the process's own limiter stands in while that is away.</summary>
    public static IRateLimiter ShareRateLimits(this IServiceProvider services, IRateLimiter own) =>
        services.GetService<RedisConnection>() is { } redis ? new RedisRateLimiter(own, redis) : own;

    /// <summary>Brings the database up to date and makes the first workspace and its key. To be awaited before the host starts.</summary>
    public static Task InitializeInfrastructureAsync(this IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<DatabaseInitializer>().InitializeAsync(cancellationToken);
}
