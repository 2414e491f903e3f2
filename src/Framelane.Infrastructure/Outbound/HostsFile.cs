using System.Net;

namespace Framelane.Infrastructure.Outbound;

/// <summary>The machine's hosts file, which a DNS library does not read and self-hosters rely on. Read again when it changes.</summary>
internal sealed class HostsFile(string path)
{
    static readonly char[] Blanks = [' ', '\t'];

    sealed record Snapshot(DateTime WrittenAt, long Length, ILookup<string, IPAddress> Entries);

    Snapshot? snapshot;

    public static string DefaultPath => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts")
        : "/etc/hosts";

    /// <summary>The addresses of <paramref name="name"/>, in the file's order; none when the file cannot be read.</summary>
    public IReadOnlyList<IPAddress> Find(string name)
    {
        try
        {
            return [.. Current()[name].Distinct()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    ILookup<string, IPAddress> Current()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return Parse([]);

        var known = snapshot;
        if (known is not null && known.WrittenAt == file.LastWriteTimeUtc && known.Length == file.Length)
            return known.Entries;

        var fresh = new Snapshot(file.LastWriteTimeUtc, file.Length, Parse(File.ReadLines(path)));
        snapshot = fresh;
        return fresh.Entries;
    }

    static ILookup<string, IPAddress> Parse(IEnumerable<string> lines) =>
        lines.SelectMany(ParseLine).ToLookup(entry => entry.Name, entry => entry.Address, StringComparer.OrdinalIgnoreCase);

    static IEnumerable<(string Name, IPAddress Address)> ParseLine(string line)
    {
        var fields = line.Split('#')[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 1 && IPAddress.TryParse(fields[0], out var address)
            ? fields.Skip(1).Select(name => (name.TrimEnd('.'), address))
            : [];
    }
}
