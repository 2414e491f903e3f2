namespace Framelane.Application.Common;

/// <summary>Finds what a misspelt name was probably meant to be.</summary>
public static class NearestName
{
    /// <summary>Longer texts are no misspelt names; and as many letters are compared at once as a word has bits.</summary>
    const int MaxLength = 64;

    /// <returns>The name with the fewest letters put in, left out or exchanged (Levenshtein); null where none is near.</returns>
    public static string? Of(string text, IEnumerable<string> names)
    {
        if (text.Length is 0 or > MaxLength)
            return null;
        var letters = LettersOf(text.ToLowerInvariant());
        var (name, distance) = names
            .Select(name => (Name: name, Distance: Distance(text.Length, letters, name.ToLowerInvariant())))
            .OrderBy(each => each.Distance)
            .FirstOrDefault();
        return name is not null && distance <= Math.Max(2, name.Length / 3) ? name : null;
    }

    /// <returns>The question whether that name was meant; null where none is near.</returns>
    public static string? Question(string text, IEnumerable<string> names) => Of(text, names) is { } nearest ? $"Did you mean '{nearest}'?" : null;

    /// <summary>Where each letter stands, a bit for each place.</summary>
    static Dictionary<char, ulong> LettersOf(string text)
    {
        var letters = new Dictionary<char, ulong>();
        for (var i = 0; i < text.Length; i++)
            letters[text[i]] = letters.GetValueOrDefault(text[i]) | 1UL << i;
        return letters;
    }

    /// <summary>
    /// The table of distances, a column for each letter of the name, by Myers and Hyyrö: a column is kept as where it rises by one from row
    /// to row and where it falls, so that the next one is a few operations on whole words.
    /// </summary>
    static int Distance(int length, Dictionary<char, ulong> letters, string name)
    {
        var (rises, falls, distance, last) = (ulong.MaxValue, 0UL, length, 1UL << (length - 1));
        foreach (var letter in name)
        {
            var equal = letters.GetValueOrDefault(letter) | falls;
            var level = ((rises + (equal & rises)) ^ rises) | equal;
            var (more, less) = (falls | ~(rises | level), rises & level);
            distance += (more & last) != 0 ? 1 : (less & last) != 0 ? -1 : 0;
            more = (more << 1) | 1;
            (rises, falls) = ((less << 1) | ~(more | level), more & level);
        }

        return distance;
    }
}
