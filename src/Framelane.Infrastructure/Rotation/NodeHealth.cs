using Framelane.Application.Abstractions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Rotation;

/// <summary>Whether this process stands in the table of nodes: it accepts no key and starts no attempt otherwise.</summary>
sealed class NodeHealth(NodeRegistry node) : IHealthCheck
{
    public const string Name = "node";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            node.EnsureAlive();
            return Task.FromResult(HealthCheckResult.Healthy());
        }
        catch (UnavailableException failure)
        {
            return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, failure.Message));
        }
    }
}
