using System.Reflection;
using Framelane.Api.Wire;

namespace Framelane.Api;

/// <summary>What was built: read once from the assembly itself.</summary>
public sealed class BuildInfo
{
    public BuildInfo()
    {
        var assembly = typeof(BuildInfo).Assembly;
        var informational = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
        var (version, commit) = informational.Split('+', 2) is [var left, var right] ? (left, right) : (informational, null);

        // The time is the file's, not written into it, so that building the same source twice gives the same bytes.
        var file = assembly.Location is { Length: > 0 } location ? location : Environment.ProcessPath!;
        Version = new(version, commit, new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero));
    }

    public VersionResponse Version { get; }
}
