using System.Runtime.InteropServices;

namespace Framelane.Rendering.Frames;

/// <summary>A picture in memory: rows from the top, four bytes a pixel, blue, green, red and alpha, colours premultiplied and sRGB-encoded.</summary>
/// <remarks>Outside the managed heap, aligned to 64 bytes, without gaps between rows. Not zeroed.</remarks>
public sealed unsafe class PixelBuffer : IDisposable
{
    public const int BytesPerPixel = 4;

    void* pixels;

    /// <param name="width">Pixels, from 1.</param>
    /// <param name="height">Pixels, from 1.</param>
    public PixelBuffer(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        (Width, Height) = (width, height);
        pixels = NativeMemory.AlignedAlloc((nuint)Stride * (nuint)height, 64);
        GC.AddMemoryPressure((long)Stride * height);
    }

    ~PixelBuffer() => Free();

    public int Width { get; }

    public int Height { get; }

    /// <summary>That every pixel is opaque, as far as whoever filled it knows.</summary>
    public bool IsOpaque { get; internal set; }

    /// <summary>Bytes from a row to the next.</summary>
    public int Stride => Width * BytesPerPixel;

    public nint Address => (nint)pixels;

    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(pixels is null, this);
            return new(pixels, checked(Stride * Height));
        }
    }

    public Span<byte> Row(int y) => Bytes.Slice(y * Stride, Stride);

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    void Free()
    {
        if (pixels is null)
            return;
        NativeMemory.AlignedFree(pixels);
        pixels = null;
        GC.RemoveMemoryPressure((long)Stride * Height);
    }
}
