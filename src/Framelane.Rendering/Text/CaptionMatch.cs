using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Text;

/// <summary>
/// Finds the spoken words in a text, one after another, each with the punctuation that touches it. Where a word also stands by itself it is not taken
/// from within another one, unless that lost one of those after it.
/// </summary>
static class CaptionMatch
{
    const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    /// <returns>For each word where it starts and ends in the text; (0, 0) where it is not found.</returns>
    public static IReadOnlyList<(int Start, int End)> Find(string text, IReadOnlyList<CaptionWord> words)
    {
        string[] sought = [.. words.Select(word => word.Text.Trim())];
        var latest = Latest(text, sought);
        var edges = new WordEdges(text);
        var found = new (int, int)[words.Count];
        var from = 0;
        for (var index = 0; index < sought.Length; index++)
        {
            if (latest[index] is not { } room)
                continue;
            var start = Whole(text, sought[index], from, room.Start, edges) ?? text.IndexOf(sought[index], from, AnyCase);
            var end = start + sought[index].Length;
            while (end < room.End && char.IsPunctuation(text[end]))
                end++;
            while (start > from && char.IsPunctuation(text[start - 1]))
                start--;
            found[index] = (start, from = end);
        }

        return found;
    }

    /// <summary>For each word where at the latest it starts, and ends with what follows it, so that all those after it are found; null where it is not itself.</summary>
    static (int Start, int End)?[] Latest(string text, string[] words)
    {
        var latest = new (int, int)?[words.Length];
        List<int> found = [];
        var from = 0;
        for (var index = 0; index < words.Length; index++)
        {
            var start = words[index].Length == 0 ? -1 : text.IndexOf(words[index], from, AnyCase);
            if (start < 0)
                continue;
            found.Add(index);
            from = start + words[index].Length;
        }

        var end = text.Length;
        foreach (var index in Enumerable.Reverse(found))
        {
            var start = text.AsSpan(0, end).LastIndexOf(words[index], AnyCase);
            latest[index] = (start, end);
            end = start;
        }

        return latest;
    }

    // What goes on directly behind the last one may be the rest of a word of which that was a part.
    static int? Whole(string text, string word, int from, int latest, WordEdges edges)
    {
        for (var at = from; at <= latest; at = edges.Next(at + 1))
        {
            at = text.IndexOf(word, at, latest + word.Length - at, AnyCase);
            if ((at == from || edges.Next(at) == at) && edges.Next(at + word.Length) == at + word.Length)
                return at;
        }

        return null;
    }
}
