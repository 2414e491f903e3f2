using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Text;

/// <summary>Finds the spoken words in a text, one after another, each with the punctuation that touches it.</summary>
static class CaptionMatch
{
    /// <returns>For each word where it starts and ends in the text; (0, 0) where it is not found.</returns>
    public static IReadOnlyList<(int Start, int End)> Find(string text, IReadOnlyList<CaptionWord> words)
    {
        var found = new (int, int)[words.Count];
        var from = 0;
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index].Text.Trim();
            var start = word.Length == 0 ? -1 : text.IndexOf(word, from, StringComparison.OrdinalIgnoreCase);
            if (start < 0)
                continue;
            var end = start + word.Length;
            while (end < text.Length && char.IsPunctuation(text[end]))
                end++;
            while (start > from && char.IsPunctuation(text[start - 1]))
                start--;
            found[index] = (start, from = end);
        }

        return found;
    }
}
