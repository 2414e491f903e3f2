using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Common;
using Framelane.Domain.Uploads;
using MediatR;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Uploads.Send;

/// <summary>A request to an upload's address, as it was sent: it brings bytes, or asks how far the upload is.</summary>
public sealed record SendPartCommand(
    string UploadId, string? Expires, string? Signature, string? ContentType, string? ContentRange, long? ContentLength, Stream Body) : IRequest<Result<UploadProgress>>;

/// <summary>How far an upload is.</summary>
/// <param name="Received">Bytes that are kept, from the first on.</param>
/// <param name="SourceUrl">What jobs name the file by.</param>
public sealed record UploadProgress(long Received, bool IsComplete, string SourceUrl);

sealed class SendPartHandler(
    IUploadLinks links, IRateLimiter limiter, IOptions<RateLimitOptions> limits, IFreeSpace space, UploadTurns turns, PartWriter writer)
    : IRequestHandler<SendPartCommand, Result<UploadProgress>>
{
    public async Task<Result<UploadProgress>> Handle(SendPartCommand command, CancellationToken cancellationToken)
    {
        if (!IsSigned(command))
            return UploadErrors.NotFound;
        if (await ExcessAsync(command.UploadId, cancellationToken) is { } excess)
            return excess;
        if (PartRange.Read(command.ContentRange, command.ContentLength) is not { } range)
            return UploadErrors.BadRange;
        if (Fault(range, command.ContentLength) is { } fault)
            return fault;
        if (!range.IsQuestion && !space.HasRoom())
            return WorkErrors.NoRoom;

        var begun = await turns.BeginAsync(command.UploadId, range, command.ContentType, cancellationToken);
        if (!begun.IsSuccess || begun.Value.Turn is not { } turn)
            return begun.IsSuccess ? begun.Value.Progress : begun.Error;
        try
        {
            return await writer.WriteAsync(turn, range, command.Body, cancellationToken);
        }
        catch
        {
            await turns.ReleaseAsync(turn);
            throw;
        }
    }

    async ValueTask<RateLimitedError?> ExcessAsync(string uploadId, CancellationToken cancellationToken) =>
        limits.Value.Enabled
        && await limiter.TakeAsync(new(RateKind.UploadParts, uploadId), limits.Value.UploadPartsPerMinute, cancellationToken) is { Allowed: false } quota
            ? new(quota)
            : null;

    static Error? Fault(PartRange range, long? contentLength)
    {
        if (range.Reach >= Upload.SizeLimit)
            return UploadErrors.TooLarge;
        if (contentLength is { } length && length != (range.IsQuestion ? 0 : range.Length))
            return UploadErrors.OtherLength;
        return range.Total == 0 ? UploadErrors.Empty : null;
    }

    bool IsSigned(SendPartCommand command) =>
        long.TryParse(command.Expires, NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
        && command.Signature is not null
        && links.Accepts(new(command.UploadId, expires, command.Signature));
}
