using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Media;

/// <summary>Between colours as files keep them and colours premultiplied by alpha.</summary>
static class Alpha
{
    public static void Premultiply(PixelBuffer picture)
    {
        var bytes = picture.Bytes;
        for (var i = 0; i < bytes.Length; i += 4)
        {
            int alpha = bytes[i + 3];
            if (alpha == 255)
                continue;
            for (var channel = i; channel < i + 3; channel++)
                bytes[channel] = (byte)(((bytes[channel] * alpha) + 127) / 255);
        }
    }

    /// <param name="width">The picture's, or one more: its last column comes again.</param>
    /// <param name="height">The picture's, or one more: its last row comes again.</param>
    public static void Unpremultiply(PixelBuffer picture, Span<byte> straight, int width, int height)
    {
        for (var y = 0; y < height; y++)
        {
            var target = straight.Slice(y * width * 4, width * 4);
            Unpremultiply(picture.Row(Math.Min(y, picture.Height - 1)), target);
            if (width > picture.Width)
                target[(picture.Stride - 4)..picture.Stride].CopyTo(target[picture.Stride..]);
        }
    }

    static void Unpremultiply(ReadOnlySpan<byte> bytes, Span<byte> straight)
    {
        bytes.CopyTo(straight);
        for (var i = 0; i < bytes.Length; i += 4)
        {
            int alpha = bytes[i + 3];
            if (alpha is 0 or 255)
                continue;
            for (var channel = i; channel < i + 3; channel++)
                straight[channel] = (byte)Math.Min(255, ((bytes[channel] * 255) + (alpha / 2)) / alpha);
        }
    }
}
