using System.Globalization;

namespace Framelane.Bench.Proofs;

/// <summary>Processes that others have started, as the kernel tells of them.</summary>
static class Descendants
{
    /// <summary>Those of a process and of theirs.</summary>
    public static List<Descendant> Of(int process)
    {
        var children = All().ToLookup(each => each.Parent);
        return [.. Below(process)];

        IEnumerable<Descendant> Below(int parent) => children[parent].SelectMany(child => Below(child.Id).Prepend(child));
    }

    /// <summary>Processes whose command line has that in it.</summary>
    public static List<Descendant> WithArgument(string part) => [.. All().Where(each => CommandOf(each.Id).Contains(part, StringComparison.Ordinal))];

    /// <summary>Those that still run. An id that was used again since is another process.</summary>
    public static List<Descendant> Alive(IEnumerable<Descendant> processes) => [.. processes.Intersect(All())];

    public static string CommandOf(int process) => Read($"/proc/{process}/cmdline").Replace('\0', ' ');

    static IEnumerable<Descendant> All() => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? Parse(id, Read($"{folder}/stat")) : null)
        .OfType<Descendant>();

    /// <remarks>The name, in brackets, may have anything in it. What ended and was not waited for, state Z, runs no more.</remarks>
    static Descendant? Parse(int id, string stat) =>
        stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 19 } fields && fields[0] != "Z"
            ? new(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[19])
            : null;

    static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

/// <param name="Parent">Another, once its own has ended.</param>
/// <param name="StartedAt">In ticks since the machine's start.</param>
sealed record Descendant(int Id, int Parent, string StartedAt)
{
    public bool Equals(Descendant? other) => (other?.Id, other?.StartedAt) == (Id, StartedAt);

    public override int GetHashCode() => HashCode.Combine(Id, StartedAt);
}
