namespace Framelane.Rendering.Text;

/// <summary>Divides a paragraph into lines that fit. Space at a line's end counts for nothing.</summary>
/// <param name="clusters">Where each grapheme cluster starts.</param>
/// <param name="advances">Pixels, of each UTF-16 unit.</param>
/// <param name="hyphens">Pixels that a line takes more where it ends after that unit and the paragraph goes on.</param>
/// <param name="roomAfter">Pixels of that which count only where another one follows on the line.</param>
/// <param name="room">Pixels, from 0; infinite for one line.</param>
sealed class LineFitter(string paragraph, int[] clusters, float[] advances, float[] hyphens, float[] roomAfter, float room)
{
    // Sums of floats differ in their last digits.
    const float Tolerance = 0.01f;

    readonly float[] ends = Sums(advances);

    /// <param name="breaks">Where a line may end; a word that fits on none is cut between characters.</param>
    public IEnumerable<(int Start, int End)> Lines(int[] breaks)
    {
        var (start, fits) = (0, 0);
        foreach (var end in breaks)
        {
            if (!Fits(start, end))
            {
                if (fits > start)
                    yield return (start, start = fits);
                // Of letters too large for any number not even nothing fits.
                for (; start < end && !Fits(start, end); start = fits)
                {
                    fits = Cut(start, end);
                    yield return (start, fits);
                }
            }

            fits = end;
        }

        if (start < paragraph.Length || start == 0)
            yield return (start, paragraph.Length);
    }

    public int TrimEnd(int start, int end)
    {
        while (end > start && char.IsWhiteSpace(paragraph[end - 1]))
            end--;
        return end;
    }

    bool Fits(int start, int end) => Width(start, TrimEnd(start, end)) + hyphens[end - 1] <= room + Tolerance;

    // At least one character, even where none fits.
    int Cut(int start, int end)
    {
        var cut = end;
        foreach (var next in clusters.SkipWhile(cluster => cluster <= start).TakeWhile(cluster => cluster < end))
        {
            if (cut < end && Width(start, next) + hyphens[next - 1] > room + Tolerance)
                break;
            cut = next;
        }

        return cut;
    }

    float Width(int start, int end) => ends[end] - ends[start] - (end > start ? roomAfter[end - 1] : 0);

    static float[] Sums(float[] advances)
    {
        var sums = new float[advances.Length + 1];
        for (var index = 0; index < advances.Length; index++)
            sums[index + 1] = sums[index] + advances[index];
        return sums;
    }
}
