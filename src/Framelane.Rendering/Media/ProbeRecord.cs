using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Framelane.Application.Abstractions;

namespace Framelane.Rendering.Media;

/// <summary>What is kept of a probe, and by whose word: another ffmpeg, or a build that probes otherwise, finds out anew.</summary>
/// <param name="By">See <see cref="ByOf"/>.</param>
sealed record ProbeRecord(string By, MediaFacts Facts)
{
    /// <summary>To be raised with every change of what a probe finds, demands or tells.</summary>
    const int Way = 1;

    /// <param name="tools">What ffmpeg says of its version.</param>
    public static string ByOf(string tools) => $"{Way} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tools)))[..16]}";

    public string Write() => JsonSerializer.Serialize(this);

    /// <returns>Null where it is not by the same word, or no record at all.</returns>
    public static MediaFacts? Read(string record, string by)
    {
        try
        {
            return JsonSerializer.Deserialize<ProbeRecord>(record) is { Facts: { } facts } known && known.By == by ? facts : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
