using System.Globalization;

namespace Framelane.Bench.Renders;

/// <summary>The memory of a process and all that descend from it, together.</summary>
static class ProcessTree
{
    /// <summary>MB of 1,000,000 bytes. What processes share counts once, where the system tells (PSS); else to each.</summary>
    public static double Megabytes(int root)
    {
        var children = Parents().ToLookup(entry => entry.Parent, entry => entry.Id);
        return Descend(root).Sum(Bytes) / 1e6;

        IEnumerable<int> Descend(int id) => [id, .. children[id].SelectMany(Descend)];
    }

    static IEnumerable<(int Id, int Parent)> Parents()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            // The name stands in parentheses and may hold anything.
            if (int.TryParse(Path.GetFileName(folder), out var id) && Read(folder + "/stat") is { } stat)
                yield return (id, int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture));
        }
    }

    static long Bytes(int id)
    {
        var sizes = Read($"/proc/{id}/smaps_rollup");
        return sizes is { Length: > 0 } ? Kilobytes(sizes, "\nPss:") : Read($"/proc/{id}/status") is { } status && status.Contains("VmRSS:", StringComparison.Ordinal) ? Kilobytes(status, "VmRSS:") : 0;
    }

    static long Kilobytes(string text, string name)
    {
        var line = text[(text.IndexOf(name, StringComparison.Ordinal) + name.Length)..];
        return long.Parse(line[..line.IndexOf("kB", StringComparison.Ordinal)], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Null where the process is gone, or not ours to look at.</summary>
    static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
