using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Backplane;

/// <summary>Degraded at worst: without Redis the node serves all the same.</summary>
sealed class RedisHealth(RedisConnection redis) : IHealthCheck
{
    public const string Name = "redis";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(redis.IsUsable ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(redis.Fault));
}
