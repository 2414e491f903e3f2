using System.Buffers;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Plans;
using Framelane.Domain.Common;
using Framelane.Domain.Uploads;

namespace Framelane.Application.Uploads.Send;

/// <summary>Brings a request's bytes to storage, and the upload to its end where they are its last.</summary>
sealed class PartWriter(IDraftStorage drafts, UploadTurns turns, IFreeSpace space, TimeProvider time)
{
    /// <summary>So often what came is made to last, and the turn is kept.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    const int BufferBytes = 1 << 17;

    /// <remarks>Whatever ends the request, what came until then is kept: the client goes on from there.</remarks>
    public async Task<Result<UploadProgress>> WriteAsync(UploadTurn turn, PartRange range, Stream body, CancellationToken cancellationToken)
    {
        var part = range.IsQuestion ? new(turn.From, null, null) : await ReceiveAsync(turn, range, body, cancellationToken);
        var ended = part.Fault is null && part.Lost is null;
        var isEmpty = range.IsWhole && part.Saved.Length == 0;
        var total = turn.Total ?? (range.IsWhole && ended && !isEmpty ? part.Saved.Length : null);
        var isWhole = ended && total == part.Saved.Length;
        if (await turns.RecordAsync(turn, part.Saved, total, ends: !isWhole) is { } taken)
            return taken;
        part.Lost?.Throw();
        if (part.Fault is { } fault)
            return fault;
        if (isEmpty)
            return UploadErrors.Empty;
        if (!isWhole)
            return new UploadProgress(part.Saved.Length, false, turn.SourceUrl);

        await drafts.CompleteAsync(turn.Target, part.Saved, CancellationToken.None);
        return await turns.CompleteAsync(turn) is { } lost ? lost : new UploadProgress(part.Saved.Length, true, turn.SourceUrl);
    }

    async Task<ReceivedPart> ReceiveAsync(UploadTurn turn, PartRange range, Stream body, CancellationToken cancellationToken)
    {
        await using var draft = await drafts.OpenAsync(turn.Target, turn.From, turn.Fence, cancellationToken);
        if (draft is null)
            return new(turn.From, UploadErrors.Busy, null);

        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var source = new PatientReader(body, time, cancellationToken);
            var (left, length, others) = (range.Length ?? Upload.SizeLimit - 1, turn.From.Length, turn.Others);
            var saved = time.GetTimestamp();
            while (await source.ReadAsync(buffer) is > 0 and var count)
            {
                length += Math.Min(count, left);
                if (others is not null && length > others.Left)
                {
                    var kept = await draft.SaveAsync(all: true, CancellationToken.None);
                    return new(kept, PlanErrors.OverStorage(others.With(kept.Length)), null);
                }

                await draft.WriteAsync(buffer.AsMemory(0, (int)Math.Min(count, left)), CancellationToken.None);
                left -= count;
                if (left < 0)
                    return new(await draft.SaveAsync(all: true, CancellationToken.None), range.Length is null ? UploadErrors.TooLarge : UploadErrors.OtherLength, null);
                if (time.GetElapsedTime(saved) < Interval)
                    continue;
                if (!space.HasRoom())
                    return new(await draft.SaveAsync(all: true, CancellationToken.None), WorkErrors.NoRoom, null);
                if (await turns.RecordAsync(turn, await draft.SaveAsync(all: false, CancellationToken.None), null, ends: false) is { } taken)
                    return new(turn.From, taken, null);
                if (others is not null)
                    others = await turns.FindOthersAsync(turn.WorkspaceId, length, CancellationToken.None);
                saved = time.GetTimestamp();
            }

            var fault = source.Stalled ? UploadErrors.Stalled : range.Length is not null && left > 0 && source.Lost is null ? UploadErrors.OtherLength : null;
            return new(await draft.SaveAsync(all: true, CancellationToken.None), fault, source.Lost);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
