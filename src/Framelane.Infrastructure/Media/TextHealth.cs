using Framelane.Application.Capabilities;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Media;

/// <summary>Degraded at worst: what has no text is rendered all the same.</summary>
sealed class TextHealth(RenderingCapabilities rendering) : IHealthCheck
{
    public const string Name = "text";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(rendering.TextFault is { } fault ? HealthCheckResult.Degraded(fault) : HealthCheckResult.Healthy());
}
