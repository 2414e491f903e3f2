namespace Framelane.Rendering.Frames;

/// <summary>Buffers that are used again: new ones cost a page fault for every 4 KiB. For one thread.</summary>
sealed class BufferPool : IDisposable
{
    const int Kept = 8;

    readonly List<PixelBuffer> free = [];

    /// <summary>Not zeroed. Disposing the lease brings it back.</summary>
    public Lease Rent(int width, int height)
    {
        var index = free.FindIndex(buffer => buffer.Width == width && buffer.Height == height);
        if (index < 0)
            return new(this, new(width, height));
        var found = free[index];
        free.RemoveAt(index);
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
    }

    void Return(PixelBuffer buffer)
    {
        free.Add(buffer);
        if (free.Count <= Kept)
            return;
        free[0].Dispose();
        free.RemoveAt(0);
    }

    public readonly struct Lease(BufferPool pool, PixelBuffer buffer) : IDisposable
    {
        public PixelBuffer Buffer => buffer;

        public void Dispose() => pool.Return(buffer);
    }
}
