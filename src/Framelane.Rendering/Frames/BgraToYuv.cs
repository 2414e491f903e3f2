using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Frames;

/// <summary>Opaque BGRA to planar 4:2:0 of BT.709 and limited range, sixteen pixels of two rows at a time. Odd sizes are padded to even by
/// the last column and row again.</summary>
sealed unsafe class BgraToYuv(int width, int height)
{
    const int Shift = 16;

    const double One = 1 << Shift, Luma = 219.0 / 255 * One, Chroma = 224.0 / 255 * One;

    /// <summary>The weights in luma, of BT.709.</summary>
    const double Red = 0.2126, Blue = 0.0722;

    // Green is what is left, so that grey has exactly no colour, and white is 235.
    const int YRed = (int)((Red * Luma) + 0.5), YBlue = (int)((Blue * Luma) + 0.5), YGreen = (int)(Luma + 0.5) - YRed - YBlue;
    const int URed = -(int)((Red / (2 * (1 - Blue)) * Chroma) + 0.5), UBlue = (int)((0.5 * Chroma) + 0.5), UGreen = -URed - UBlue;
    const int VBlue = -(int)((Blue / (2 * (1 - Red)) * Chroma) + 0.5), VRed = (int)((0.5 * Chroma) + 0.5), VGreen = -VRed - VBlue;

    public int Width { get; } = (width + 1) & ~1;

    public int Height { get; } = (height + 1) & ~1;

    /// <summary>Bytes of a frame.</summary>
    public int Length => Width * Height * 3 / 2;

    public void Convert(PixelBuffer source, Span<byte> frame) => Convert(source, frame, new(0, 0, width, height));

    /// <param name="area">What is converted; it begins at an even column and row, and ends there too or at the picture's end.</param>
    public void Convert(PixelBuffer source, Span<byte> frame, in Area area)
    {
        fixed (byte* y = frame, u = frame[(Width * Height)..], v = frame[(Width * Height * 5 / 4)..])
        {
            for (var row = area.Top; row < area.Bottom; row += 2)
            {
                var upper = (uint*)source.Address + (row * width) + area.Left;
                var lower = (uint*)source.Address + (Math.Min(row + 1, height - 1) * width) + area.Left;
                var colour = (row / 2 * (Width / 2)) + (area.Left / 2);
                Rows(upper, lower, y + (row * Width) + area.Left, u + colour, v + colour, area.Width);
            }
        }
    }

    // Not by way of slow code first: a process's first render would be half as fast.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Rows(uint* upper, uint* lower, byte* y, byte* u, byte* v, int count)
    {
        var x = 0;
        for (; x + 16 <= count; x += 16)
        {
            var (a, b) = (Vector256.Load(upper + x), Vector256.Load(upper + x + 8));
            var (c, d) = (Vector256.Load(lower + x), Vector256.Load(lower + x + 8));
            Store(Brightness(a), Brightness(b), y + x);
            Store(Brightness(c), Brightness(d), y + Width + x);
            var blue = Sums(Channel(a, 0) + Channel(c, 0), Channel(b, 0) + Channel(d, 0));
            var green = Sums(Channel(a, 8) + Channel(c, 8), Channel(b, 8) + Channel(d, 8));
            var red = Sums(Channel(a, 16) + Channel(c, 16), Channel(b, 16) + Channel(d, 16));
            Store(Colour((blue * UBlue) + (green * UGreen) + (red * URed)), u + (x / 2));
            Store(Colour((blue * VBlue) + (green * VGreen) + (red * VRed)), v + (x / 2));
        }
        for (; x < count; x += 2)
        {
            var next = Math.Min(x + 1, count - 1);
            (y[x], y[x + 1], y[Width + x], y[Width + x + 1]) = (Brightness(upper[x]), Brightness(upper[next]), Brightness(lower[x]), Brightness(lower[next]));
            var (blue, green, red) = (0, 0, 0);
            foreach (var pixel in (ReadOnlySpan<uint>)[upper[x], upper[next], lower[x], lower[next]])
                (blue, green, red) = (blue + (byte)pixel, green + (byte)(pixel >> 8), red + (byte)(pixel >> 16));
            u[x / 2] = Colour((blue * UBlue) + (green * UGreen) + (red * URed));
            v[x / 2] = Colour((blue * VBlue) + (green * VGreen) + (red * VRed));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Channel(Vector256<uint> pixels, int shift) => ((pixels >> shift) & Vector256.Create(255u)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Brightness(Vector256<uint> pixels) =>
        ((Channel(pixels, 0) * YBlue) + (Channel(pixels, 8) * YGreen) + (Channel(pixels, 16) * YRed) + Vector256.Create((16 << Shift) + (1 << (Shift - 1)))) >> Shift;

    static byte Brightness(uint pixel) =>
        (byte)((((byte)pixel * YBlue) + ((byte)(pixel >> 8) * YGreen) + ((byte)(pixel >> 16) * YRed) + (16 << Shift) + (1 << (Shift - 1))) >> Shift);

    // Of four pixels' sum, hence two bits more.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Colour(Vector256<int> sum) => (sum + Vector256.Create((128 << (Shift + 2)) + (1 << (Shift + 1)))) >> (Shift + 2);

    static byte Colour(int sum) => (byte)((sum + (128 << (Shift + 2)) + (1 << (Shift + 1))) >> (Shift + 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Sums(Vector256<int> left, Vector256<int> right) => Vector256.Narrow(Pairs(left), Pairs(right)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<ulong> Pairs(Vector256<int> values) => (values.AsUInt64() & Vector256.Create(0xffffffffUL)) + (values.AsUInt64() >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<int> left, Vector256<int> right, byte* target)
    {
        var shorts = Vector256.Narrow(left, right).AsUInt16();
        Vector128.Narrow(shorts.GetLower(), shorts.GetUpper()).Store(target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Store(Vector256<int> values, byte* target)
    {
        var shorts = Vector128.Narrow(values.GetLower(), values.GetUpper()).AsUInt16();
        *(ulong*)target = Vector128.Narrow(shorts, shorts).AsUInt64().ToScalar();
    }
}
