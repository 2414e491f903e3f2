using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Common;
using Framelane.Domain.Assets;
using Framelane.Domain.Events;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Assets;

/// <summary>The assets table as workers see it. What settles an asset tells its owner, and the jobs that wait for it, in one transaction.</summary>
sealed class AssetQueue(
    IServiceScopeFactory scopes,
    IDatabaseProvider provider,
    DatabaseWriter writer,
    IOptions<MediaOptions> options,
    IOptions<StorageOptions> storage,
    TimeProvider time)
    : LeasedQueue<Asset, ClaimedAsset>(scopes, writer, options, time)
{
    /// <summary>For so long it is told why an asset failed; then its bytes go too.</summary>
    static readonly TimeSpan FailureRetention = TimeSpan.FromDays(1);

    static readonly Dictionary<string, string> NoMetadata = [];

    static readonly AssetError TooManyRuns = new(MediaErrorCodes.InternalError, "The file was given up: the workers that took it up did not come to its end.");

    /// <param name="fetched">Where it was put; null where it lay in storage already.</param>
    public Task<bool> ReadyAsync(ClaimedAsset claim, AssetFindings found, StoredFile? fetched, CancellationToken cancellationToken) => UnderAsync(
        claim,
        async (row, turn, token) =>
        {
            if (fetched is not null)
                row.Fetched(fetched.Key, fetched.Size, found.Type.Name, found.Type.Extension);
            row.BecomeReady(found.Metadata, turn.Now + storage.Value.AssetRetention);
            await turn.Get<IEventOutbox>().AppendAsync(
                new(row.WorkspaceId, EventTypes.AssetReady, JobId: null, Sequence: 1, turn.Get<AssetViews>().Of(row), NoMetadata, WebhookUrl: null), token);
            await turn.Db.TellWaitingJobsAsync(row.Id, turn.Now, token);
        },
        cancellationToken);

    public override Task<bool> FailAsync(ClaimedAsset claim, string code, string message, CancellationToken cancellationToken) =>
        UnderAsync(claim, (row, turn, token) => FailAsync(turn, row, new(code, message), token), cancellationToken);

    protected override IQueryable<Asset> Claimable(Turn turn) => turn.Db.Assets.Claimable(turn.Now);

    protected override Task<List<Asset>> LockDueAsync(Turn turn, int count, CancellationToken cancellationToken) =>
        provider.LockDueAssetsAsync(turn.Db, turn.Now, count, cancellationToken);

    protected override async Task<ClaimedAsset?> TakeAsync(Turn turn, Asset row, CancellationToken cancellationToken)
    {
        if (row.Runs >= Asset.MaxRuns)
        {
            await FailAsync(turn, row, TooManyRuns, cancellationToken);
            return null;
        }

        if (row.Origin == AssetOrigin.Ingest && !await turn.Db.Wanted().AnyAsync(asset => asset.Id == row.Id, cancellationToken))
        {
            row.Delete(turn.Now);
            return null;
        }

        row.Claim(Lease, turn.Now);
        return new(row.Id, row.WorkspaceId, row.Fence, row.Status == AssetStatus.Fetching ? row.FetchUrl : null, row.Key, row.ContentType);
    }

    protected override async Task<List<ClaimedAsset>> FindHeldAsync(Turn turn, IReadOnlyCollection<ClaimedAsset> held, CancellationToken cancellationToken)
    {
        var ids = held.Select(asset => asset.Id).ToArray();
        var fences = await turn.Db.Wanted().Where(asset => ids.Contains(asset.Id)).ToDictionaryAsync(asset => asset.Id, asset => asset.Fence, cancellationToken);
        return [.. held.Where(asset => fences.GetValueOrDefault(asset.Id) == asset.Fence)];
    }

    protected override IQueryable<Asset> Row(Turn turn, ClaimedAsset claim) =>
        turn.Db.Assets.WithWork().Where(asset => asset.Id == claim.Id && asset.Fence == claim.Fence);

    protected override Task<Asset?> LockAsync(Turn turn, ClaimedAsset claim, CancellationToken cancellationToken) =>
        provider.LockAssetAsync(turn.Db, claim.Id, cancellationToken);

    static Task FailAsync(Turn turn, Asset asset, AssetError error, CancellationToken cancellationToken)
    {
        asset.Fail(error, turn.Now + FailureRetention);
        return turn.Db.TellWaitingJobsAsync(asset.Id, turn.Now, cancellationToken);
    }
}
