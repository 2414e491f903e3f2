using Framelane.Application.Abstractions;

namespace Framelane.Infrastructure.Persistence;

/// <summary>
/// How the database is asked again after it failed: a few times within seconds, whether by a request, whose client would rather be told 503, or by
/// a loop, which comes again by itself. Long pauses would outlast the outage.
/// </summary>
static class Retries
{
    public const int Most = 6;

    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// For what was done already and would have to be done once more: tries again as long as the database is away. Not where it may have been recorded: the
    /// next try would find that it is not to be, and what was recorded would be thrown away.
    /// </summary>
    /// <param name="patience">How long at most.</param>
    public static async Task<T> OutlastAsync<T>(this IOutages outages, Func<Task<T>> record, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var began = time.GetTimestamp(); ; await Task.Delay(LongestPause, time, cancellationToken))
        {
            try
            {
                return await record();
            }
            catch (Exception failure) when (
                outages.IsOutage(failure) && !failure.WithCauses().OfType<CommitUncertainException>().Any()
                && time.GetElapsedTime(began) < patience && !cancellationToken.IsCancellationRequested)
            {
                // Once more.
            }
        }
    }
}
