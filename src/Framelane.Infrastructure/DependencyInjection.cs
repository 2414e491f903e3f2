using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure;

public static class DependencyInjection
{
    public static IServiceCollection AddInfrastructure(this IServiceCollection services, IConfiguration configuration) => services;

    public static Task InitializeInfrastructureAsync(this IServiceProvider services, CancellationToken cancellationToken) => Task.CompletedTask;
}
