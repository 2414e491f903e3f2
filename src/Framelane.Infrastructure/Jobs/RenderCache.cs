using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Jobs;

/// <summary>Renders that were made before: what is asked for again is copied.</summary>
interface IRenderCache
{
    /// <returns>What an order is found again by; null where nothing is reused.</returns>
    Task<string?> KeyOfAsync(RenderOrder order, CancellationToken cancellationToken);

    /// <summary>Copies what a job of the workspace made under the key, to where another job's output is to lie.</summary>
    /// <param name="contentKey">See <see cref="Job.ContentKey"/>.</param>
    /// <returns>What was copied, by its new place, and what was warned of; null where there is none.</returns>
    Task<JobResult?> TakeAsync(WorkspaceId workspaceId, string contentKey, string target, CancellationToken cancellationToken);
}

/// <remarks>
/// Every job has a file of its own, so that each is kept and deleted by itself. Workspaces share nothing: how fast a job is must not tell
/// what another has rendered.
/// </remarks>
sealed class RenderCache(
    IDbContextFactory<FramelaneDbContext> contexts,
    IRenderEngine engine,
    IObjectStorage storage,
    IOptions<MediaOptions> options,
    RenderCacheMetrics metrics,
    ILogger<RenderCache> logger) : IRenderCache
{
    public async Task<string?> KeyOfAsync(RenderOrder order, CancellationToken cancellationToken) =>
        options.Value.ReuseRenders ? await RenderKey.OfAsync(order, await engine.VersionAsync(cancellationToken), cancellationToken) : null;

    public async Task<JobResult?> TakeAsync(WorkspaceId workspaceId, string contentKey, string target, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var made = await Made(db, workspaceId, contentKey).FirstOrDefaultAsync(cancellationToken);
        var isCopied = made is not null && await TryCopyAsync(made.Output!.Key, target, cancellationToken);
        metrics.Asked(isCopied);
        return isCopied ? new(made!.Output! with { Key = target }, made.Warnings, contentKey) : null;
    }

    /// <remarks>It can be rendered, whatever storage says.</remarks>
    async Task<bool> TryCopyAsync(string key, string target, CancellationToken cancellationToken)
    {
        try
        {
            return await storage.CopyAsync(key, target, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(failure, "The render {Key} could not be copied, and is made again.", key);
            return false;
        }
    }

    /// <remarks>The newest, which is kept the longest.</remarks>
    internal static IQueryable<Job> Made(FramelaneDbContext db, WorkspaceId workspaceId, string contentKey) => db.Jobs.AsNoTracking()
        .Where(job => job.WorkspaceId == workspaceId && job.ContentKey == contentKey && job.Output != null && job.OutputRemovedAt == null)
        .OrderByDescending(job => job.Id);
}
