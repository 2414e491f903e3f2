using HarfBuzzSharp;

namespace Framelane.Rendering.Text;

/// <summary>A stretch of a paragraph that is shaped at once: of one font, script and direction.</summary>
/// <param name="Start">UTF-16 units.</param>
/// <param name="Level">Of embedding; odd runs from right to left.</param>
readonly record struct TextRun(int Start, int End, TextFont Font, Script Script, byte Level)
{
    public bool IsRightToLeft => (Level & 1) == 1;

    /// <summary>The part of it between these; none where they do not meet.</summary>
    public TextRun? Within(int start, int end) =>
        Math.Max(Start, start) is var from && Math.Min(End, end) is var to && from < to ? this with { Start = from, End = to } : null;
}
