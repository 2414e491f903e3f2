using System.Buffers.Binary;

namespace Framelane.Rendering.Tests.Media;

/// <summary>What cameras write beside the pixels, put into files that ffmpeg made without it.</summary>
static class Exif
{
    static readonly byte[] Name = [.. "Exif\0\0"u8];

    /// <summary>A TIFF of one tag, which says how the camera was held.</summary>
    /// <param name="orientation">1 to 8.</param>
    public static byte[] Tiff(int orientation) => [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];

    /// <summary>A JPEG with these in a segment, behind its first two bytes.</summary>
    public static byte[] InJpeg(byte[] jpeg, byte[] tiff)
    {
        byte[] head = [0xff, 0xe1, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)(2 + Name.Length + tiff.Length));
        return [.. jpeg[..2], .. head, .. Name, .. tiff, .. jpeg[2..]];
    }

    /// <summary>A WebP with these in a chunk, behind its pixels.</summary>
    /// <param name="webp">Of 64 × 48 pixels, in the simple form.</param>
    /// <param name="isNamed">Some programs write the name that only a JPEG needs before them.</param>
    public static byte[] InWebp(byte[] webp, byte[] tiff, bool isNamed)
    {
        byte[] exif = isNamed ? [.. Name, .. tiff] : tiff;
        byte[] body = [.. "WEBP"u8, .. Chunk("VP8X"u8, [8, 0, 0, 0, 63, 0, 0, 47, 0, 0]), .. webp[12..], .. Chunk("EXIF"u8, exif)];
        return Chunk("RIFF"u8, body);
    }

    static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(size, (uint)content.Length);
        return [.. name, .. size, .. content, .. new byte[content.Length % 2]];
    }
}
