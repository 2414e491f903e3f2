using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Media;

/// <summary>Whether the media programs run.</summary>
sealed class MediaHealth(IServiceProvider services, TimeProvider time) : TriedHealth(time)
{
    public const string Name = "media_tools";

    protected override async Task<HealthCheckResult> TryAsync(CancellationToken cancellationToken)
    {
        var state = services.GetService<IMediaTools>() is { } tools ? await tools.CheckAsync(cancellationToken) : MediaToolsState.Missing;
        return state switch
        {
            MediaToolsState.Confined => HealthCheckResult.Healthy(),
            MediaToolsState.Unconfined => HealthCheckResult.Degraded("Media programs run without bubblewrap."),
            _ => HealthCheckResult.Unhealthy("ffmpeg or ffprobe does not run."),
        };
    }
}
