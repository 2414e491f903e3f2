using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Common;
using Framelane.Domain.Assets;
using Framelane.Domain.Events;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Assets;

/// <summary>The assets table as workers see it, of one kind of work. What settles an asset tells its owner, and the jobs that wait for it, in one transaction.</summary>
sealed class AssetQueue(
    AssetWork work,
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

    protected override string What => "file";

    protected override int MaxRuns => Asset.MaxRuns;

    /// <param name="fetched">Where it was put; null where it lay in storage already.</param>
    public Task<bool> ReadyAsync(ClaimedAsset claim, AssetFindings found, StoredFile? fetched, CancellationToken cancellationToken) => UnderAsync(
        claim,
        async (row, turn, token) =>
        {
            if (fetched is not null)
                row.Fetched(fetched.Key, fetched.Size, found.Type.Name, found.Type.Extension);
            row.BecomeReady(found.Metadata, turn.Now + storage.Value.AssetRetention);
            turn.Db.AssetFonts.AddRange((found.Metadata.Fonts ?? []).Select(font => font.Family).Distinct()
                .Select(family => new AssetFontRecord { AssetId = row.Id, Family = family, WorkspaceId = row.WorkspaceId }));
            await turn.Get<IEventOutbox>().AppendAsync(
                new(row.WorkspaceId, EventTypes.AssetReady, JobId: null, Sequence: 1, turn.Get<AssetViews>().Of(row), NoMetadata, WebhookUrl: null), token);
            await SettledAsync(turn, row, token);
        },
        cancellationToken);

    protected override IQueryable<Asset> Claimable(Turn turn) => turn.Db.Assets.Claimable(work.Status, turn.Now);

    protected override Task<List<Asset>> LockDueAsync(Turn turn, int count, CancellationToken cancellationToken) =>
        provider.LockDueAssetsAsync(turn.Db, work.Status, turn.Now, count, cancellationToken);

    protected override Task PrepareAsync(Turn turn, IReadOnlyList<Asset> due, CancellationToken cancellationToken) =>
        turn.Get<AssetPlaces>().CountAsync(work, due, cancellationToken);

    protected override bool IsBusy(Turn turn, Asset row) => row.Runs == 0 && turn.Get<AssetPlaces>().IsBusy(row.WorkspaceId);

    protected override async Task<ClaimedAsset?> TakeAsync(Turn turn, Asset row, CancellationToken cancellationToken)
    {
        var places = turn.Get<AssetPlaces>();
        if (row.Runs == 0 && !places.TryTake(row.WorkspaceId))
        {
            row.PutOff(turn.Now + places.Refuse(row.WorkspaceId));
            return null;
        }

        if (row.Origin == AssetOrigin.Ingest && !await turn.Db.Wanted().AnyAsync(asset => asset.Id == row.Id, cancellationToken))
        {
            row.Delete(turn.Now);
            await SettledAsync(turn, row, cancellationToken);
            return null;
        }

        row.Claim(Lease, turn.Now);
        return new(row.Id, row.WorkspaceId, row.Fence, row.Status == AssetStatus.Fetching ? row.FetchUrl : null, row.Key, row.ContentType);
    }

    protected override Task FailAsync(Turn turn, Asset row, string code, string message, CancellationToken cancellationToken)
    {
        row.Fail(new(code, message), turn.Now + FailureRetention);
        return SettledAsync(turn, row, cancellationToken);
    }

    protected override Task<Dictionary<string, long>> FencesAsync(Turn turn, IReadOnlyCollection<ClaimedAsset> held, CancellationToken cancellationToken)
    {
        var ids = held.Select(asset => asset.Id).ToArray();
        return turn.Db.Wanted().Where(asset => ids.Contains(asset.Id)).Select(asset => new { asset.Id, asset.Fence })
            .ToDictionaryAsync(asset => asset.Id.Value, asset => asset.Fence, cancellationToken);
    }

    protected override IQueryable<Asset> Row(Turn turn, ClaimedAsset claim) =>
        turn.Db.Assets.WithWork().Where(asset => asset.Id == claim.Id && asset.Fence == claim.Fence);

    protected override Task<Asset?> LockAsync(Turn turn, ClaimedAsset claim, CancellationToken cancellationToken) =>
        provider.LockAssetAsync(turn.Db, claim.Id, cancellationToken);

    async Task SettledAsync(Turn turn, Asset asset, CancellationToken cancellationToken)
    {
        var (now, workspaceId) = (turn.Now, asset.WorkspaceId);
        turn.Get<AssetPlaces>().Leave(workspaceId);
        await turn.Db.TellWaitingJobsAsync(asset.Id, now, cancellationToken);
        await AssetPlaces.Waiting(turn.Db, work, workspaceId, now)
            .OrderBy(next => next.Id)
            .Take(1)
            .ExecuteUpdateAsync(next => next.SetProperty(row => row.ClaimableAt, now), cancellationToken);
    }
}
