using System.Threading.Channels;

namespace Framelane.Rendering.Media;

/// <summary>Raw frames of a pipe, read before they are asked for, so that who writes them goes on meanwhile. A few, which are used again.</summary>
sealed class FramesAhead : IAsyncDisposable
{
    /// <summary>Bytes of a frame above which one at a time is held.</summary>
    const int Large = 16 << 20;

    const int Held = 3;

    readonly Channel<byte[]> free = Channel.CreateUnbounded<byte[]>(), ready = Channel.CreateUnbounded<byte[]>();
    readonly Task reading;

    /// <param name="pipe">Ends when its process does; it is not disposed of.</param>
    /// <param name="length">Bytes of a frame.</param>
    public FramesAhead(Stream pipe, int length, bool isStill)
    {
        for (var count = isStill || length > Large ? 1 : Held; count > 0; count--)
            free.Writer.TryWrite(GC.AllocateUninitializedArray<byte>(length));
        reading = Task.Run(() => ReadAsync(pipe));
    }

    /// <returns>The next frame, to be given back; null at the end.</returns>
    public async ValueTask<byte[]?> NextAsync(CancellationToken cancellationToken) =>
        await ready.Reader.WaitToReadAsync(cancellationToken) && ready.Reader.TryRead(out var frame) ? frame : null;

    public void GiveBack(byte[] frame) => free.Writer.TryWrite(frame);

    /// <summary>The pipe's process has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        free.Writer.TryComplete();
        await reading;
    }

    async Task ReadAsync(Stream pipe)
    {
        try
        {
            await foreach (var frame in free.Reader.ReadAllAsync())
            {
                if (await pipe.ReadAtLeastAsync(frame, frame.Length, throwOnEndOfStream: false) < frame.Length)
                    break;
                ready.Writer.TryWrite(frame);
            }
        }
        finally
        {
            ready.Writer.TryComplete();
        }
    }
}
