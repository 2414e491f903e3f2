using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Jobs;

/// <summary>How far the assets are that a job reads.</summary>
sealed class SourceStates
{
    static readonly AssetError Gone = new(MediaErrorCodes.SourceNotFound, "The source is not in storage any more.");

    readonly List<(JobSourceRecord Source, Asset? Asset)> all;

    SourceStates(List<(JobSourceRecord Source, Asset? Asset)> all) => this.all = all;

    public bool AreReady => all.TrueForAll(each => each.Asset?.Status == AssetStatus.Ready);

    /// <summary>Why the job cannot be done, where one of them will never be there.</summary>
    public JobError? FirstFault => all.Where(each => each.Asset is not { IsSettled: false } and not { Status: AssetStatus.Ready })
        .Select(each => (each.Source.Place, Error: each.Asset?.Error ?? Gone))
        .Select(fault => new JobError(fault.Error.Code, $"{fault.Place}: {fault.Error.Message}"))
        .FirstOrDefault();

    public IReadOnlyList<StoredSource> Stored =>
        [.. all.Select(each => StoredSource.Of(each.Source.Url, each.Asset!))];

    public static async Task<SourceStates> OfAsync(FramelaneDbContext db, JobId jobId, CancellationToken cancellationToken)
    {
        var rows = await (
            from source in db.JobSources.AsNoTracking()
            where source.JobId == jobId
            join asset in db.Assets.AsNoTracking() on source.AssetId equals asset.Id into assets
            from asset in assets.DefaultIfEmpty()
            orderby source.AssetId
            select new { source, asset }).ToListAsync(cancellationToken);
        return new([.. rows.Select(row => (row.source, (Asset?)row.asset))]);
    }
}
