using Framelane.Application.Abstractions;

namespace Framelane.Application.Renders.Preview;

public enum PreviewType
{
    Frame,
    ContactSheet,
    Draft,
}

/// <summary>What of a scene is to be seen, and how large.</summary>
/// <param name="At">Seconds, of a frame; left out, the scene's own <c>frame_at</c>, else the middle.</param>
/// <param name="MaxWidth">Pixels, of the frame or of a cell of the sheet; of a draft the longest side.</param>
public sealed record PreviewView(PreviewType Type, double? At, int Columns, int Rows, int? MaxWidth)
{
    public const int MostColumns = 8, MostRows = 8, UsualColumns = 4, UsualRows = 4;

    public const int LeastWidth = 16, MostWidth = 1920;

    /// <summary>Pixels, where nothing is said.</summary>
    public const int FrameWidth = 640, CellWidth = 320, DraftSide = 480;

    /// <summary>Frames a second of a draft, at most.</summary>
    public const int DraftRate = 15;

    /// <summary>Pixels of a picture's longest side.</summary>
    public const int LongestSide = 4096;

    /// <summary>Null where it is one frame.</summary>
    public ContactSheet? Sheet => Type == PreviewType.ContactSheet ? new(Columns, Rows) : null;
}
