using System.Globalization;
using System.Net;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Outbound;

namespace Framelane.Infrastructure.Media;

/// <summary>Why a source could not be fetched, as far as its owner is told.</summary>
static class SourceFaults
{
    const string NotAllowed = "The source's address may not be reached.";

    public static MediaException Refused(UrlRefusal refusal) => refusal.Type is UrlRefusalTypes.Invalid or UrlRefusalTypes.TooLong
        ? new(MediaErrorCodes.InvalidSource, "The source's URL, or one that it leads to, is not valid.")
        : new(MediaErrorCodes.SourceNotAllowed, NotAllowed);

    public static MediaException Unreachable(Exception failure) => OutboundFailures.Classify(failure) switch
    {
        OutboundFailure.ForbiddenTarget => new(MediaErrorCodes.SourceNotAllowed, NotAllowed, failure),
        OutboundFailure.Timeout => TooSlow(failure),
        _ => new(MediaErrorCodes.SourceNotFound, "The source could not be reached.", failure),
    };

    public static MediaException Status(HttpStatusCode status) => new(
        MediaErrorCodes.SourceNotFound, string.Create(CultureInfo.InvariantCulture, $"The source's server answered with status {(int)status}."));

    public static MediaException TooManyRedirects() => new(MediaErrorCodes.SourceNotFound, "The source redirects too often.");

    public static MediaException TooSlow(Exception failure) => new(MediaErrorCodes.SourceNotFound, "The source did not arrive in time.", failure);

    public static MediaException TooLarge(long largest) => new(
        MediaErrorCodes.SourceTooLarge, string.Create(CultureInfo.InvariantCulture, $"The source is larger than {largest} bytes."));

    public static MediaException OverPlan(long left) => new(
        MediaErrorCodes.SourceTooLarge,
        string.Create(CultureInfo.InvariantCulture, $"The source is larger than the {left} bytes that are left of what the workspace's plan keeps. What is deleted makes room."));

    /// <param name="largest">Bytes of disk.</param>
    public static MediaException TooMuch(long largest) => new(
        MediaErrorCodes.SourceTooLarge, string.Create(CultureInfo.InvariantCulture, $"The job's sources and what is made of them are larger than {largest} bytes together."));

    public static MediaException Encoded() => new(MediaErrorCodes.InvalidSource, "The source is sent in a content encoding that was not asked for.");

    public static MediaException CutOff(Exception failure) => new(MediaErrorCodes.InvalidSource, "The source was cut off before its end.", failure);

    public static MediaException Empty() => new(MediaErrorCodes.InvalidSource, "The source is empty.");
}
