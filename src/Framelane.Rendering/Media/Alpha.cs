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

    public static void Unpremultiply(PixelBuffer picture, Span<byte> straight)
    {
        var bytes = picture.Bytes;
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
