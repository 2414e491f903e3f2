using System.Globalization;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary><c>#RRGGBB</c> or <c>#RRGGBBAA</c>, as the contract writes colours.</summary>
static class HexColor
{
    public static SKColor Parse(string text)
    {
        var value = uint.Parse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return text.Length == 9
            ? new((byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value)
            : new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }
}
