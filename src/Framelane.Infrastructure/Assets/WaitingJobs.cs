using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Assets;

static class WaitingJobs
{
    /// <summary>All but those that are fetched for a job which is terminal meanwhile: nobody asked for these themselves.</summary>
    public static IQueryable<Asset> Wanted(this FramelaneDbContext db)
    {
        var open = db.Jobs.Open();
        return db.Assets.WithWork().Where(asset => asset.Origin != AssetOrigin.Ingest
            || db.JobSources.Any(source => source.AssetId == asset.Id && open.Any(job => job.Id == source.JobId)));
    }

    /// <summary>Lets workers look at once at the jobs that wait for the asset. To be called by whoever settles one, in its transaction.</summary>
    public static Task TellWaitingJobsAsync(this FramelaneDbContext db, AssetId assetId, DateTimeOffset now, CancellationToken cancellationToken) => db.Jobs
        .Where(job => (job.Status == JobStatus.Ingesting || job.Status == JobStatus.Queued)
            && db.JobSources.Any(source => source.AssetId == assetId && source.JobId == job.Id))
        .ExecuteUpdateAsync(job => job.SetProperty(waiting => waiting.ClaimableAt, now), cancellationToken);
}
