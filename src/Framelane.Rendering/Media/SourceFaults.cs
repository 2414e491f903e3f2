using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>Tells by what a program said about a source what is wrong with it.</summary>
static class SourceFaults
{
    /// <summary>What decoders call that which stands beside the pixels. What is wrong with it alone takes nothing of the picture.</summary>
    static readonly string[] Beside = ["exif", "ICC", "APP fields", "decode_app", "GeoTIFF"];

    /// <summary>What was said of the picture itself, and not of what cameras and editors wrote beside it.</summary>
    public static string OfPixels(string errors) => string.Join('\n', errors.Split('\n').Where(IsOfPixels));

    public static void ThrowOnOpening(MediaResult result, int mostPixels)
    {
        ThrowOnWhatWasRefused(result.Errors, mostPixels);
        if (result.ExitCode != 0)
            throw Invalid("The source cannot be read: it is damaged or incomplete.");
    }

    public static void ThrowOnDecoding(MediaFacts facts, MediaResult result)
    {
        ThrowOnWhatWasRefused(result.Errors, SourceArguments.MostPixels);
        if (Says(result.Errors, "Decoder not found", "no decoder", "not implemented", "Decoding requested, but no decoder"))
            throw new MediaException(MediaErrorCodes.CodecUnsupported, "The source's video is in a format that is not supported.");
        // A still that decodes with complaints has its rest filled with grey; a video may begin with a frame that others lack.
        if (result.Answer.Length == 0 || (facts.IsStill && OfPixels(result.Errors).Length > 0))
            throw Undecodable();
    }

    public static void ThrowOnEnding(MediaFacts facts, MediaResult result)
    {
        // At or after a key frame there is one picture at least, if the file has it still.
        if (Says(result.Errors, "partial file", "ended prematurely", "truncated", "corrupt input packet")
            || (Container.SeeksToKeyFrames(facts.Demuxer) && Says(result.Errors, "Empty output")))
            throw Incomplete();
    }

    public static MediaException Undecodable() => Invalid("The source's picture cannot be decoded: it is damaged or incomplete.");

    public static MediaException Incomplete() => Invalid("The source ends before its end: it is incomplete.");

    static void ThrowOnWhatWasRefused(string errors, int mostPixels)
    {
        // ffmpeg opens none of them; a file that has one is not what it says all the same.
        if (Says(errors, "external track", "Protocol not on whitelist", "not on whitelist"))
            throw new MediaException(MediaErrorCodes.SourceNotAllowed, "The source refers to other files, which is not allowed.");
        if (Says(errors, "Picture size", "Invalid image size", "exceeds specified max pixel count"))
            throw ProbeAnswer.TooLarge(mostPixels);
    }

    // Only a decoder's own words: other lines name the file. What is said again has been judged before.
    static bool IsOfPixels(string line) =>
        line.Length > 0 && !(line.StartsWith('[') && Says(line, Beside)) && !line.TrimStart().StartsWith("Last message repeated", StringComparison.Ordinal);

    static bool Says(string errors, params ReadOnlySpan<string> any)
    {
        foreach (var one in any)
        {
            if (errors.Contains(one, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    static MediaException Invalid(string message) => new(MediaErrorCodes.InvalidSource, message);
}
