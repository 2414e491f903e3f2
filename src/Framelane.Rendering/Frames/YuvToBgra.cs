using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Framelane.Rendering.Frames;

/// <summary>Planar 4:2:0 of limited range to opaque BGRA, sixteen pixels at a time. Chroma is taken as it is for each two by two.</summary>
sealed unsafe class YuvToBgra(YuvMatrix matrix, int width, int height)
{
    const int Shift = 14;

    const double Luma = 255.0 / 219, Chroma = 255.0 / 224;

    readonly int luma = Fixed(Luma);
    readonly int redOfV = Fixed(2 * (1 - matrix.Red) * Chroma), blueOfU = Fixed(2 * (1 - matrix.Blue) * Chroma);
    readonly int greenOfU = Fixed(-2 * (1 - matrix.Blue) * matrix.Blue / matrix.Green * Chroma);
    readonly int greenOfV = Fixed(-2 * (1 - matrix.Red) * matrix.Red / matrix.Green * Chroma);
    readonly int chromaWidth = (width + 1) / 2;

    /// <summary>Bytes of a frame.</summary>
    public int Length { get; } = LengthOf(width, height);

    /// <summary>Bytes of a frame of that size.</summary>
    public static int LengthOf(int width, int height) => (width * height) + (2 * ((width + 1) / 2) * ((height + 1) / 2));

    public void Convert(ReadOnlySpan<byte> frame, PixelBuffer target) => Convert(frame, target, new(0, 0, width, height));

    /// <param name="area">What is converted; it begins at an even column.</param>
    public void Convert(ReadOnlySpan<byte> frame, PixelBuffer target, in Area area)
    {
        var chroma = frame[(width * height)..];
        var size = chroma.Length / 2;
        fixed (byte* y = frame, u = chroma, v = chroma[size..])
        {
            for (var row = area.Top; row < area.Bottom; row++)
            {
                var (at, colour) = ((row * width) + area.Left, (row / 2 * chromaWidth) + (area.Left / 2));
                Row(y + at, u + colour, v + colour, (uint*)target.Address + at, area.Width);
            }
        }
    }

    // Not by way of slow code first: a process's first render would be half as fast.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Row(byte* y, byte* u, byte* v, uint* target, int count)
    {
        var x = 0;
        for (; x + 16 <= count; x += 16)
        {
            var (u8, v8) = (Eight(u + (x / 2)) - Vector256.Create(128), Eight(v + (x / 2)) - Vector256.Create(128));
            var (red, blue) = (v8 * redOfV, u8 * blueOfU);
            var green = (u8 * greenOfU) + (v8 * greenOfV);
            var low = Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);
            var high = Vector256.Create(4, 4, 5, 5, 6, 6, 7, 7);
            Pixels(Eight(y + x), Vector256.Shuffle(red, low), Vector256.Shuffle(green, low), Vector256.Shuffle(blue, low)).Store(target + x);
            Pixels(Eight(y + x + 8), Vector256.Shuffle(red, high), Vector256.Shuffle(green, high), Vector256.Shuffle(blue, high)).Store(target + x + 8);
        }
        for (; x < count; x++)
        {
            var (one, du, dv) = (((y[x] - 16) * luma) + (1 << (Shift - 1)), u[x / 2] - 128, v[x / 2] - 128);
            target[x] = Byte(one + (du * blueOfU)) | (Byte(one + (du * greenOfU) + (dv * greenOfV)) << 8) | (Byte(one + (dv * redOfV)) << 16) | 0xff000000;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    Vector256<uint> Pixels(Vector256<int> y, Vector256<int> red, Vector256<int> green, Vector256<int> blue)
    {
        var one = ((y - Vector256.Create(16)) * luma) + Vector256.Create(1 << (Shift - 1));
        return (Bytes(one + blue) | (Bytes(one + green) << 8) | (Bytes(one + red) << 16)).AsUInt32() | Vector256.Create(0xff000000);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Bytes(Vector256<int> value) => Vector256.Min(Vector256.Max(value >> Shift, Vector256<int>.Zero), Vector256.Create(255));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector256<int> Eight(byte* bytes)
    {
        var shorts = Vector128.WidenLower(Vector128.CreateScalarUnsafe(*(ulong*)bytes).AsByte());
        return Vector256.Create(Vector128.WidenLower(shorts), Vector128.WidenUpper(shorts)).AsInt32();
    }

    static uint Byte(int value) => (uint)Math.Clamp(value >> Shift, 0, 255);

    static int Fixed(double factor) => (int)Math.Round(factor * (1 << Shift));
}
