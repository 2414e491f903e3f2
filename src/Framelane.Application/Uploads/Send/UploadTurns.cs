using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Plans;
using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Uploads;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Uploads.Send;

/// <summary>Whose turn it is to write an upload: each step of it is a transaction of its own.</summary>
sealed class UploadTurns(
    IUnitOfWork unitOfWork, IUploadRepository uploads, IAssetRepository assets, StorageGate storage, IAssetSignal workers, SourceUrls urls, TimeProvider time)
{
    /// <summary>After a writer died, the next one waits so long. Longer than a writer waits for a client's bytes.</summary>
    static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <returns>How far the upload is, and, where there is something to write, the turn to do so.</returns>
    public Task<Result<BegunTurn>> BeginAsync(string uploadId, PartRange range, string? contentType, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<BegunTurn>(
            async token =>
            {
                var now = time.GetUtcNow();
                if (await uploads.FindForUpdateAsync(uploadId, token) is not { } upload || upload.IsOver(now)
                    || await assets.FindForUpdateAsync(upload.WorkspaceId, upload.AssetId.Value, token) is not { } asset)
                    return UploadErrors.NotFound;
                if (PartRules.Fault(upload, range, contentType, now) is { } fault)
                    return fault;

                var progress = new UploadProgress(upload.Received, upload.IsComplete, urls.Of(asset)!);
                if (upload.IsComplete || (range.IsQuestion && (range.Total != upload.Received || upload.HasWriter(now))))
                    return new BegunTurn(progress, null);
                var others = range.IsQuestion ? null : await FindOthersAsync(upload.WorkspaceId, upload.Received, token);
                if (others is not null && range.Reach > others.Left)
                    return PlanErrors.OverStorage(others.With(upload.Received));
                if (range.IsWhole)
                    upload.StartAnew();
                if (range.Total is { } total)
                    upload.Announce(total);
                upload.Take(Lease, now);
                return new BegunTurn(progress, Turn(upload, asset, others));
            },
            cancellationToken);

    /// <summary>Says what lies in storage, and keeps the turn, or ends it.</summary>
    /// <returns>Why it could not be kept: another has begun one, or the upload's time is over. Null where it is kept.</returns>
    public Task<Error?> RecordAsync(UploadTurn turn, SavedDraft saved, long? total, bool ends) => UnderAsync(
        turn,
        (upload, now, _) =>
        {
            upload.Record(saved.Length, saved.Notes, Lease, now);
            if (total is { } known)
                upload.Announce(known);
            if (ends)
                upload.Release(now);
            return Task.CompletedTask;
        });

    /// <summary>All of it lies in storage under the asset's key.</summary>
    /// <returns>As <see cref="RecordAsync"/>.</returns>
    public async Task<Error?> CompleteAsync(UploadTurn turn)
    {
        var lost = await UnderAsync(
            turn,
            async (upload, now, token) =>
            {
                upload.Complete(now);
                if (await assets.FindForUpdateAsync(upload.WorkspaceId, upload.AssetId.Value, token) is { Status: AssetStatus.Awaited } asset)
                    asset.Receive(turn.Target.Key, upload.Received, now);
            });
        if (lost is null)
            workers.Wake();
        return lost;
    }

    /// <summary>Whatever came in between, the next one need not wait for the lease to end.</summary>
    public Task ReleaseAsync(UploadTurn turn) => UnderAsync(
        turn,
        (upload, now, _) =>
        {
            upload.Release(now);
            return Task.CompletedTask;
        });

    /// <param name="own">Bytes of the upload itself that are known to be there.</param>
    /// <returns>Null where the plan sets no limit.</returns>
    public async Task<StorageUse?> FindOthersAsync(WorkspaceId workspaceId, long own, CancellationToken cancellationToken) =>
        await storage.FindAsync(workspaceId, cancellationToken) is { } use ? use.With(-own) : null;

    UploadTurn Turn(Upload upload, Asset asset, StorageUse? others) => new(
        upload.Id,
        upload.WorkspaceId,
        upload.Fence,
        UploadTarget.Of(upload),
        new(upload.Received, upload.Draft),
        upload.Total,
        urls.Of(asset)!,
        others);

    /// <remarks>No client that goes away cancels it.</remarks>
    async Task<Error?> UnderAsync(UploadTurn turn, Func<Upload, DateTimeOffset, CancellationToken, Task> change)
    {
        var result = await unitOfWork.ExecuteAsync<Unit>(
            async token =>
            {
                var now = time.GetUtcNow();
                if (await uploads.FindForUpdateAsync(turn.UploadId.Value, token) is not { } upload || upload.IsOver(now))
                    return UploadErrors.NotFound;
                if (!upload.IsHeld(turn.Fence))
                    return UploadErrors.Busy;
                await change(upload, now, token);
                return Unit.Value;
            },
            CancellationToken.None);
        return result.Error;
    }
}
