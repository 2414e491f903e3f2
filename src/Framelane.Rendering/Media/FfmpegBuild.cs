using System.Text;
using System.Text.RegularExpressions;

namespace Framelane.Rendering.Media;

/// <summary>What an ffmpeg says of itself where it is asked for its encoders.</summary>
static partial class FfmpegBuild
{
    /// <summary>The first that knows <c>-fps_mode</c>.</summary>
    static readonly Version Oldest = new(5, 1);

    /// <returns>A sentence that tells why it cannot do what is asked of it; null where it can.</returns>
    public static string? FaultOf(MediaResult said)
    {
        if (VersionOf(said.Errors) is { } version && version < Oldest)
            return $"ffmpeg is of version {version}; it takes {Oldest} or later.";
        var known = Encoding.UTF8.GetString(said.Answer).Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1)).ToHashSet();
        var missing = EncodeArguments.Encoders.Where(encoder => !known.Contains(encoder)).ToArray();
        return missing.Length == 0 ? null : $"ffmpeg was built without {string.Join(", ", missing)}.";
    }

    /// <returns>Null where it has none that could be compared, as what is built from the newest sources.</returns>
    static Version? VersionOf(string banner) => Banner().Match(banner) is { Success: true } match ? Version.Parse(match.Groups["version"].ValueSpan) : null;

    [GeneratedRegex(@"^ffmpeg version n?(?<version>[0-9]{1,4}\.[0-9]{1,4})", RegexOptions.Multiline)]
    private static partial Regex Banner();
}
