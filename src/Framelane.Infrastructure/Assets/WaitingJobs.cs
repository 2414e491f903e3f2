using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Assets;

static class WaitingJobs
{
    /// <summary>Lets workers look at once at the jobs that wait for the asset. To be called by whoever settles one, in its transaction.</summary>
    public static Task TellWaitingJobsAsync(this FramelaneDbContext db, AssetId assetId, DateTimeOffset now, CancellationToken cancellationToken) => db.Jobs
        .Where(job => (job.Status == JobStatus.Ingesting || job.Status == JobStatus.Queued)
            && db.JobSources.Any(source => source.AssetId == assetId && source.JobId == job.Id))
        .ExecuteUpdateAsync(job => job.SetProperty(waiting => waiting.ClaimableAt, now), cancellationToken);
}
