using Framelane.Domain.Common;
using Framelane.Domain.Uploads;

namespace Framelane.Application.Uploads;

static class UploadErrors
{
    /// <summary>Files of the type are not taken. It is the fault's word, and the answer's code where it is the only one.</summary>
    public const string UnsupportedType = "unsupported_content_type";

    public static readonly Error NotFound = Error.NotFound("Upload");

    public static readonly Error TooLarge = new("payload_too_large", $"A file has to have less than {Upload.SizeLimit} bytes.");

    public static readonly Error Empty = Invalid("There is nothing in the file.");

    public static readonly Error BadRange = Invalid("Content-Range must be bytes first-last/total or bytes */total, where a total that is not known is *.");

    public static readonly Error OtherLength = Invalid("The body is not as long as Content-Range says.");

    public static readonly Error Stalled = Invalid("No more bytes came. Ask how far the upload is, and go on from there.");

    public static readonly Error Busy = Error.Conflict("Another request sends this upload.");

    public static readonly Error Complete = Error.Conflict("The upload is complete, and does not change any more.");

    public static readonly Error OtherTotal = Error.Conflict("The upload was said to have another length, or has more bytes already.");

    public static Error WrongOffset(long received) => Error.Conflict($"The upload goes on at byte {received}.");

    public static Error OtherType(string contentType) => new("unsupported_media_type", $"The Content-Type must be {contentType}, as it was said to be.");

    static Error Invalid(string message) => new("invalid_request", message);
}
