using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Framelane.Rendering.Media;

/// <summary>Raw frames of a pipe, read before they are asked for, so that who writes them goes on meanwhile. A few, which are used again; one of
/// them is always with the reader.</summary>
/// <remarks>On a thread of its own, which waits in the read itself: on busy cores each turn by way of the pool costs milliseconds.</remarks>
sealed class FramesAhead : IAsyncDisposable
{
    /// <summary>Bytes of a frame above which one at a time is read ahead.</summary>
    const int Large = 16 << 20;

    const int Held = 4, HeldLarge = 2;

    readonly BlockingCollection<byte[]> free = [];
    readonly Channel<byte[]> ready = Channel.CreateUnbounded<byte[]>();
    readonly Task reading;

    /// <param name="pipe">Ends when its process does; it is not disposed of.</param>
    /// <param name="length">Bytes of a frame.</param>
    public FramesAhead(Stream pipe, int length)
    {
        for (var count = Count(length); count > 0; count--)
            free.Add(GC.AllocateUninitializedArray<byte>(length));
        reading = Task.Factory.StartNew(() => Read(pipe), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What all of its frames take in memory.</summary>
    /// <param name="length">Bytes of a frame.</param>
    public static long BytesOf(int length) => (long)Count(length) * length;

    /// <returns>The next frame, to be given back; null at the end.</returns>
    public async ValueTask<byte[]?> NextAsync(CancellationToken cancellationToken) =>
        await ready.Reader.WaitToReadAsync(cancellationToken) && ready.Reader.TryRead(out var frame) ? frame : null;

    public void GiveBack(byte[] frame) => free.Add(frame);

    /// <summary>The pipe's process has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        free.CompleteAdding();
        await reading;
        free.Dispose();
    }

    static int Count(int length) => length > Large ? HeldLarge : Held;

    void Read(Stream pipe)
    {
        try
        {
            foreach (var frame in free.GetConsumingEnumerable())
            {
                if (pipe.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) < frame.Length)
                    break;
                ready.Writer.TryWrite(frame);
            }
        }
        catch (IOException e)
        {
            ready.Writer.TryComplete(e);
        }

        ready.Writer.TryComplete();
    }
}
