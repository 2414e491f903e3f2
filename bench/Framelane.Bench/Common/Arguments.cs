using System.Globalization;

namespace Framelane.Bench.Common;

/// <summary>The options of a command, <c>--name value</c>. One that nobody asked for is a mistake, and said so.</summary>
sealed class Arguments
{
    readonly Dictionary<string, string> values = [];
    readonly HashSet<string> asked = [];

    public Arguments(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i += 2)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == args.Count)
                throw new UsageException($"'{args[i]}' is not an option with a value.");
            values[args[i][2..]] = args[i + 1];
        }
    }

    public string Text(string name, string otherwise)
    {
        asked.Add(name);
        return values.GetValueOrDefault(name, otherwise);
    }

    public string Text(string name) => Text(name, "") is { Length: > 0 } value ? value : throw new UsageException($"--{name} is missing.");

    public int Number(string name, int otherwise, int min = 1, int max = 10_000_000)
    {
        var text = Text(name, otherwise.ToString(CultureInfo.InvariantCulture));
        return int.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new UsageException($"--{name} is a number from {min} to {max}.");
    }

    /// <summary>To be called once all options have been read.</summary>
    public void Done()
    {
        if (values.Keys.FirstOrDefault(name => !asked.Contains(name)) is { } unknown)
            throw new UsageException($"There is no option --{unknown} here; there are: {string.Join(", ", asked.Select(name => "--" + name))}.");
    }
}

sealed class UsageException(string message) : Exception(message);
