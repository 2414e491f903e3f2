namespace Framelane.Infrastructure.Media;

/// <summary>Copies what may be endless, or never come.</summary>
sealed class CappedCopy(SourceSize largest, TimeProvider time)
{
    const int BufferBytes = 1 << 17;

    /// <summary>So much comes in <see cref="Window"/> at least, or the end does.</summary>
    const int LeastBytes = 1 << 16;

    static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <returns>Bytes.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, or stalled.</exception>
    public async Task<long> RunAsync(Stream source, Stream target, CancellationToken cancellationToken)
    {
        using var stalled = new CancellationTokenSource(Window, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stalled.Token);
        var buffer = new byte[BufferBytes];
        long size = 0, inWindow = 0;
        while (await ReadAsync(source, buffer, stop.Token) is > 0 and var read)
        {
            size += read;
            if (size > largest.Bytes)
                throw largest.Fault();
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);

            inWindow += read;
            if (inWindow < LeastBytes)
                continue;
            inWindow = 0;
            stalled.CancelAfter(Window);
        }

        return size > 0 ? size : throw SourceFaults.Empty();
    }

    // Here, where it cannot be the disk that failed.
    static async Task<int> ReadAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException failure)
        {
            throw SourceFaults.CutOff(failure);
        }
    }
}
