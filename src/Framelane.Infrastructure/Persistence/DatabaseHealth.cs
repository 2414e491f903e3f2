using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Infrastructure.Persistence;

/// <summary>Whether the database answers within two seconds.</summary>
sealed class DatabaseHealth(IDbContextFactory<FramelaneDbContext> contexts, TimeProvider time) : IHealthCheck
{
    public const string Name = "database";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await AskAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return new(context.Registration.FailureStatus, "The database does not answer.", failure);
        }
    }

    // On a thread of its own: a call into SQLite blocks while it waits.
    Task AskAsync(CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Workspaces.AnyAsync(cancellationToken);
        },
        cancellationToken);
}
