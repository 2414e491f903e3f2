using System.Runtime.ExceptionServices;
using Framelane.Application.Abstractions;
using Framelane.Domain.Common;

namespace Framelane.Application.Uploads.Send;

/// <summary>Reads what a client sends, as long as it sends. That it went away ends the reading; why is kept for later.</summary>
sealed class PatientReader : IDisposable
{
    /// <summary>So long nothing may come.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    readonly Stream body;

    readonly CancellationTokenSource patience;

    readonly CancellationTokenSource either;

    public PatientReader(Stream body, TimeProvider time, CancellationToken cancellationToken)
    {
        this.body = body;
        patience = new(Timeout.InfiniteTimeSpan, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
    }

    public bool Stalled => Lost is null && patience.IsCancellationRequested;

    /// <summary>What the reading failed of, where it did and the client is gone.</summary>
    public ExceptionDispatchInfo? Lost { get; private set; }

    /// <returns>0 at the end, or where no more comes.</returns>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer)
    {
        patience.CancelAfter(Patience);
        try
        {
            return await body.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception failure)
        {
            Lost = ExceptionDispatchInfo.Capture(failure);
            return 0;
        }
        finally
        {
            // What becomes of the bytes may take its time; that is not the client's.
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        either.Dispose();
        patience.Dispose();
    }
}

/// <summary>What became of a request's bytes.</summary>
/// <param name="Fault">What is wrong with the request.</param>
/// <param name="Lost">Why the client's bytes came to an end before theirs.</param>
sealed record ReceivedPart(SavedDraft Saved, Error? Fault, ExceptionDispatchInfo? Lost);
