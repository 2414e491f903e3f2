namespace Framelane.Rendering.Frames;

/// <summary>Pixels of a canvas, from its top left; the far sides are beyond it.</summary>
public readonly record struct Area(int Left, int Top, int Right, int Bottom)
{
    /// <summary>Pixels that the conversions between planes and BGRA take at a time.</summary>
    const int Step = 16;

    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public bool IsEmpty => Width <= 0 || Height <= 0;

    public long Pixels => IsEmpty ? 0 : (long)Width * Height;

    /// <summary>Made larger, within a canvas, to whole steps of pixels and whole pairs of rows.</summary>
    public Area Aligned(int width, int height) => new(
        Math.Clamp(Left, 0, width) & -Step, Math.Clamp(Top, 0, height) & ~1,
        Math.Min(width, (Math.Clamp(Right, 0, width) + Step - 1) & -Step), Math.Min(height, (Math.Clamp(Bottom, 0, height) + 1) & ~1));

    public Area Within(int width, int height) => new(Math.Max(0, Left), Math.Max(0, Top), Math.Min(width, Right), Math.Min(height, Bottom));

    public Area MovedBy(int right, int down) => new(Left + right, Top + down, Right + right, Bottom + down);

    public bool Meets(in Area other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public Area And(in Area other) =>
        new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>The same pixels and perhaps more, none of them twice.</summary>
    public static IReadOnlyList<Area> Apart(IEnumerable<Area> areas)
    {
        List<Area> apart = [];
        foreach (var area in areas.Where(area => !area.IsEmpty))
        {
            var whole = area;
            // What is joined may reach into others that were apart before.
            for (int met; (met = apart.FindIndex(other => other.Meets(whole))) >= 0; apart.RemoveAt(met))
                whole = whole.And(apart[met]);
            apart.Add(whole);
        }

        return apart;
    }
}
