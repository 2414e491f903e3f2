using System.Net;

namespace Framelane.Api.Tests.Http;

/// <summary>A body that is sent as far as the test lets it.</summary>
sealed class HeldContent(byte[] content, int first) : HttpContent
{
    readonly TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its first bytes are on their way.</summary>
    public Task Sent => sent.Task.InTimeAsync();

    public void GoOn() => goOn.TrySetResult();

    /// <summary>The client goes away in the middle.</summary>
    public void Break() => goOn.TrySetException(new IOException("The client went away."));

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(content.AsMemory(0, first));
        await stream.FlushAsync();
        sent.TrySetResult();
        await goOn.Task;
        await stream.WriteAsync(content.AsMemory(first));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = content.Length;
        return true;
    }
}
