using System.Net;
using System.Net.Http.Headers;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Telemetry;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>
/// The body of an attempt, and the place where the attempt starts: a handler asks for the body when the connection stands and the head is
/// written, but before a byte of it has left.
/// </summary>
/// <remarks>Holds on HTTP/1.1 exactly and without <c>Expect: 100-continue</c>; the sender's tests hold it to that.</remarks>
sealed class SignedContent : HttpContent
{
    /// <summary>So much leaves with the head; a slow receiver's full buffers then hold back the rest, and no rotation.</summary>
    const int FirstSlice = 2048;

    /// <summary>
    /// Sockets take the first bytes at once, unless their buffers are full of what a receiver answered and did not read. It has so long to
    /// make room; until then every rotation of the workspace waits.
    /// </summary>
    static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(100);

    static readonly MediaTypeHeaderValue Json = new("application/json");

    readonly ClaimedDelivery delivery;
    readonly HeadSigner signer;
    readonly EpochGate gate;
    readonly DispatchMetrics metrics;
    readonly TimeProvider time;
    long began;

    public SignedContent(ClaimedDelivery delivery, HeadSigner signer, EpochGate gate, DispatchMetrics metrics, TimeProvider time)
    {
        (this.delivery, this.signer, this.gate, this.metrics, this.time) = (delivery, signer, gate, metrics, time);
        Headers.ContentType = Json;
    }

    /// <summary>When the attempt started; null while it has not.</summary>
    public DateTimeOffset? StartedAt { get; private set; }

    /// <summary>The answer is there, or will not come.</summary>
    public void End()
    {
        if (StartedAt is not null)
            metrics.Ended(time.GetElapsedTime(began));
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Before the check: a process that is held up in between has passed it by then, and must not seem to have started late.
        var checkedAt = time.GetUtcNow();
        began = time.GetTimestamp();
        if (signer.Permit is not { } permit || !gate.TryEnter(delivery.WorkspaceId, permit.ReadStarted, out var passage))
        {
            metrics.Refused();
            throw new StalePermitException();
        }

        var body = delivery.Body!.AsMemory();
        var first = body[..Math.Min(body.Length, FirstSlice)];
        try
        {
            StartedAt = checkedAt;
            await WriteFirstAsync(stream, first, passage, cancellationToken).WaitAsync(FirstPatience, time, cancellationToken);
        }
        finally
        {
            metrics.Started(
                time.GetElapsedTime(permit.ReadStarted, began),
                delivery.AttemptNumber == 1 ? checkedAt - delivery.ScheduledAt : null,
                signer.Signatures);
        }

        if (first.Length < body.Length)
            await stream.WriteAsync(body[first.Length..], cancellationToken);
    }

    /// <remarks>
    /// A handler's stream heeds no token but the request's. What is waited for no longer ends when the handler closes the connection, and only
    /// then is the gate left: nothing leaves behind a barrier that has passed.
    /// </remarks>
    static async Task WriteFirstAsync(Stream stream, ReadOnlyMemory<byte> first, EpochGate.Passage passage, CancellationToken cancellationToken)
    {
        try
        {
            await stream.WriteAsync(first, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        finally
        {
            passage.Leave();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = delivery.Body!.Length;
        return true;
    }
}
