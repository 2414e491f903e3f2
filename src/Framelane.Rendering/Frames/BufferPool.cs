namespace Framelane.Rendering.Frames;

/// <summary>Buffers that are used again: new ones cost a page fault for every 4 KiB. For one thread.</summary>
/// <param name="mostBytes">Of the free ones together. A composition's canvas may be as large as the largest output, on whatever output it lies; what
/// this does not hold is made anew, which takes little of what drawing on it takes.</param>
sealed class BufferPool(long mostBytes = BufferPool.UsualBytes) : IDisposable
{
    const int Kept = 8;

    const long UsualBytes = 256 << 20;

    readonly List<PixelBuffer> free = [];

    /// <summary>Of what waits to be used again.</summary>
    public long FreeBytes { get; private set; }

    /// <summary>Not zeroed. Disposing the lease brings it back.</summary>
    public Lease Rent(int width, int height)
    {
        var index = free.FindIndex(buffer => buffer.Width == width && buffer.Height == height);
        if (index < 0)
            return new(this, new(width, height));
        var found = free[index];
        free.RemoveAt(index);
        FreeBytes -= BytesOf(found);
        found.IsOpaque = false;
        return new(this, found);
    }

    /// <summary>With the picture's pixels.</summary>
    public Lease RentCopy(PixelBuffer picture)
    {
        var copy = Rent(picture.Width, picture.Height);
        picture.Bytes.CopyTo(copy.Buffer.Bytes);
        return copy;
    }

    public void Dispose()
    {
        free.ForEach(buffer => buffer.Dispose());
        free.Clear();
        FreeBytes = 0;
    }

    static long BytesOf(PixelBuffer buffer) => (long)buffer.Stride * buffer.Height;

    void Return(PixelBuffer buffer)
    {
        if (BytesOf(buffer) > mostBytes)
        {
            buffer.Dispose();
            return;
        }

        free.Add(buffer);
        FreeBytes += BytesOf(buffer);
        for (; free.Count > Kept || FreeBytes > mostBytes; free.RemoveAt(0))
        {
            FreeBytes -= BytesOf(free[0]);
            free[0].Dispose();
        }
    }

    public readonly struct Lease(BufferPool pool, PixelBuffer buffer) : IDisposable
    {
        public PixelBuffer Buffer => buffer;

        public void Dispose() => pool.Return(buffer);
    }
}
