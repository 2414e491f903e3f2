using Framelane.Application.Abstractions;
using Microsoft.Extensions.Logging;

namespace Framelane.Infrastructure.Persistence.Maintenance;

/// <summary>What storage refuses of one thing does not keep the others. Where storage is away, all wait for the next time.</summary>
static class OneByOne
{
    /// <param name="end">Ends one of them, and answers how many rows that were.</param>
    /// <param name="refused">Sees to it that it is not among the first again, or those that are always refused would be all that is looked at.</param>
    public static async Task<int> TryAsync(IOutages outages, ILogger logger, string what, object id, Func<Task<int>> end, Func<Task> refused, CancellationToken cancellationToken)
    {
        try
        {
            return await end();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && !outages.IsOutage(failure))
        {
            logger.LogWarning(failure, "The {What} {Id} could not be removed; tried again in an hour or so.", what, id);
        }

        await refused();
        return 0;
    }
}
