using HarfBuzzSharp;

namespace Framelane.Rendering.Text;

/// <summary>Cuts a paragraph into runs. No grapheme cluster is cut.</summary>
static class Itemizer
{
    /// <param name="clusters">Where each grapheme cluster starts.</param>
    public static IReadOnlyList<TextRun> Runs(string paragraph, int[] clusters, byte[] levels, FontFallback fallback)
    {
        var runs = new List<TextRun>();
        var scripts = Scripts(paragraph, clusters);
        TextFont? font = null;
        for (var index = 0; index < clusters.Length; index++)
        {
            var (start, end) = (clusters[index], index + 1 < clusters.Length ? clusters[index + 1] : paragraph.Length);
            font = fallback.Of(paragraph.AsSpan(start, end - start), scripts[index], font);
            var run = new TextRun(start, end, font, scripts[index], levels[start]);
            if (runs.Count > 0 && runs[^1] == run with { Start = runs[^1].Start, End = runs[^1].End })
                runs[^1] = runs[^1] with { End = end };
            else
                runs.Add(run);
        }

        return runs;
    }

    /// <summary>What is of no script, such as a space or a digit, is of the one before it, and at the beginning of the first one.</summary>
    static Script[] Scripts(string paragraph, int[] clusters)
    {
        var scripts = new Script[clusters.Length];
        for (var index = 0; index < clusters.Length; index++)
            scripts[index] = Unicode.ScriptOf(paragraph, clusters[index]);
        var known = Array.Find(scripts, IsReal);
        for (var index = 0; index < scripts.Length; index++)
            scripts[index] = known = IsReal(scripts[index]) ? scripts[index] : known;
        return scripts;
    }

    static bool IsReal(Script script) => script != Script.Common && script != Script.Inherited && script != Script.Unknown && script != Script.Invalid;
}
