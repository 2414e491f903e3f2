using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Media;

/// <summary>Whether the media programs run. They are tried now and then, not for everyone who asks: the route has no key.</summary>
sealed class MediaHealth(IServiceProvider services, TimeProvider time) : IHealthCheck, IDisposable
{
    public const string Name = "media_tools";

    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    readonly SemaphoreSlim turn = new(1);

    (MediaToolsState State, long At)? last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (last is not { } known || time.GetElapsedTime(known.At) >= Fresh)
                last = known = (await StateAsync(cancellationToken), time.GetTimestamp());
            return known.State switch
            {
                MediaToolsState.Confined => HealthCheckResult.Healthy(),
                MediaToolsState.Unconfined => HealthCheckResult.Degraded("Media programs run without bubblewrap."),
                _ => new(context.Registration.FailureStatus, "ffmpeg or ffprobe does not run."),
            };
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    async Task<MediaToolsState> StateAsync(CancellationToken cancellationToken) =>
        services.GetService<IMediaTools>() is { } tools ? await tools.CheckAsync(cancellationToken) : MediaToolsState.Missing;
}
