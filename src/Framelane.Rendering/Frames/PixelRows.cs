using System.Runtime.InteropServices;

namespace Framelane.Rendering.Frames;

static class PixelRows
{
    /// <summary>A row, four bytes at once: alpha is the highest, blue the lowest.</summary>
    public static Span<uint> PixelsOf(this PixelBuffer buffer, int y) => MemoryMarshal.Cast<byte, uint>(buffer.Row(y));
}
