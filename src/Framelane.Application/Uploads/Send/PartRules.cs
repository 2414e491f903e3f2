using Framelane.Domain.Assets;
using Framelane.Domain.Common;
using Framelane.Domain.Uploads;

namespace Framelane.Application.Uploads.Send;

/// <summary>Whether a request fits what an upload is at that moment.</summary>
static class PartRules
{
    public static Error? Fault(Upload upload, PartRange range, string? contentType, DateTimeOffset now)
    {
        if (!range.IsQuestion && MediaTypes.Find(contentType)?.Name != upload.ContentType)
            return UploadErrors.OtherType(upload.ContentType);
        if (!range.IsQuestion && upload.IsComplete)
            return UploadErrors.Complete;
        if (!range.IsQuestion && upload.HasWriter(now))
            return UploadErrors.Busy;
        if (range is { IsQuestion: false, IsWhole: false } && range.First != upload.Received)
            return UploadErrors.WrongOffset(upload.Received);
        return range.IsWhole || FitsTotal(upload, range) ? null : UploadErrors.OtherTotal;
    }

    static bool FitsTotal(Upload upload, PartRange range) =>
        (range.Total is not { } total || (total >= upload.Received && total == (upload.Total ?? total)))
        && (upload.Total is not { } known || range.Reach <= known);
}
