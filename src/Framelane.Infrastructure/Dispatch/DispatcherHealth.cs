using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>Whether the dispatcher has lately been able to look for work.</summary>
sealed class DispatcherHealth(Dispatcher dispatcher, TimeProvider time) : IHealthCheck
{
    public const string Name = "dispatcher";

    static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(15);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(dispatcher.LastLook is { } looked && time.GetElapsedTime(looked) < MaxSilence
            ? HealthCheckResult.Healthy()
            : new(context.Registration.FailureStatus, "The dispatcher cannot look for work."));
}
