using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Telemetry;

/// <summary>A check that is tried now and then, not for everyone who asks: the route has no key.</summary>
abstract class TriedHealth(TimeProvider time) : IHealthCheck, IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    readonly SemaphoreSlim turn = new(1);

    (HealthCheckResult Result, long At)? last;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (last is not { } known || time.GetElapsedTime(known.At) >= Fresh)
                last = known = (await TryAsync(cancellationToken), time.GetTimestamp());
            return known.Result;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    protected abstract Task<HealthCheckResult> TryAsync(CancellationToken cancellationToken);
}
