using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Tests.Media;

/// <summary>A frame's number as twelve blocks of dark or light grey, which survive any encoder.</summary>
static class BarCode
{
    public const int Width = 192, Height = 32;

    const int Block = Width / 12;

    /// <summary>Grey frames from 0, one after the other.</summary>
    public static byte[] Frames(int count)
    {
        var bytes = new byte[count * Width * Height];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Grey(i / (Width * Height), i % Width);
        return bytes;
    }

    public static void Draw(int number, PixelBuffer target)
    {
        for (var i = 0; i < target.Bytes.Length; i++)
            target.Bytes[i] = i % 4 == 3 ? (byte)255 : Grey(number, i / 4 % target.Width * Width / target.Width);
    }

    public static int Read(PixelBuffer frame)
    {
        var row = frame.Row(frame.Height / 2);
        var number = 0;
        for (var bit = 0; bit < 12; bit++)
            number |= (row[((bit * Block) + (Block / 2)) * frame.Width / Width * 4] > 127 ? 1 : 0) << bit;
        return number;
    }

    /// <summary>The numbers of grey frames, one after the other.</summary>
    public static int[] Numbers(byte[] frames) =>
    [
        .. Enumerable.Range(0, frames.Length / (Width * Height)).Select(frame => Enumerable.Range(0, 12).Sum(
            bit => frames[(frame * Width * Height) + (Height / 2 * Width) + (bit * Block) + (Block / 2)] > 127 ? 1 << bit : 0)),
    ];

    static byte Grey(int number, int x) => (byte)(((number >> (x / Block)) & 1) == 1 ? 210 : 40);
}
