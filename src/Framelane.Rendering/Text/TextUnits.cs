namespace Framelane.Rendering.Text;

/// <summary>Numbers a layout's pieces as they are read: which character, word and line each belongs to. Space goes with what it follows.</summary>
sealed class TextUnits
{
    public TextUnits(TextLayout layout)
    {
        var pieces = layout.Pieces;
        (Characters, Words, Lines) = (new int[pieces.Count], new int[pieces.Count], new int[pieces.Count]);
        var (character, word, line) = (-1, -1, -1);
        TextLine? last = null;
        foreach (var index in Enumerable.Range(0, pieces.Count).OrderBy(index => pieces[index].Start))
        {
            var (start, own) = (pieces[index].Start, pieces[index].Line);
            if (!char.IsWhiteSpace(layout.Text[start]))
            {
                character++;
                word += start == 0 || char.IsWhiteSpace(layout.Text[start - 1]) ? 1 : 0;
            }

            line += ReferenceEquals(own, last) ? 0 : 1;
            last = own;
            (Characters[index], Words[index], Lines[index]) = (Math.Max(0, character), Math.Max(0, word), line);
        }
    }

    public int[] Characters { get; }

    public int[] Words { get; }

    public int[] Lines { get; }
}
