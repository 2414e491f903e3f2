using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Media;

/// <summary>Whether the media programs run, and can do what is asked of them.</summary>
sealed class MediaHealth(IServiceProvider services, TimeProvider time) : TriedHealth(time)
{
    public const string Name = "media_tools";

    protected override async Task<HealthCheckResult> TryAsync(CancellationToken cancellationToken)
    {
        var check = services.GetService<IMediaTools>() is { } tools ? await tools.CheckAsync(cancellationToken) : new(MediaToolsState.Missing, "There are no media programs.");
        return check.State switch
        {
            MediaToolsState.Confined => HealthCheckResult.Healthy(),
            MediaToolsState.Unconfined => HealthCheckResult.Degraded("Media programs run without bubblewrap."),
            _ => HealthCheckResult.Unhealthy(check.Fault),
        };
    }
}
