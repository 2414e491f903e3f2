namespace Framelane.Application.Common;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>Longer texts are no misspelt names, and would be work to compare.</summary>
    const int MaxLength = 64;

    /// <returns>The name with the fewest letters put in, left out or exchanged (Levenshtein); null where none is near.</returns>
    public static string? Of(string text, IEnumerable<string> names)
    {
        if (text.Length is 0 or > MaxLength)
            return null;
        var (name, distance) = names
            .Select(name => (Name: name, Distance: Distance(text.ToLowerInvariant(), name.ToLowerInvariant())))
            .OrderBy(each => each.Distance)
            .FirstOrDefault();
        return name is not null && distance <= Math.Max(2, name.Length / 3) ? name : null;
    }

    /// <returns>The question whether that name was meant; null where none is near.</returns>
    public static string? Question(string text, IEnumerable<string> names) => Of(text, names) is { } nearest ? $"Did you mean '{nearest}'?" : null;

    static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var exchanged = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
