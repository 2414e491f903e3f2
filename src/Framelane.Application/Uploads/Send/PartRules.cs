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
        var known = range.IsWhole ? null : upload.Total;
        return range.Total is { } total && !range.IsWhole && (total < upload.Received || total != (known ?? total)) ? UploadErrors.OtherTotal : null;
    }
}
