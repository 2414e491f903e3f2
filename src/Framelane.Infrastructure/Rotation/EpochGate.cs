using System.Diagnostics.CodeAnalysis;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Dispatch;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Rotation;

/// <summary>
/// This node's half of the rotation barrier: the one place where an attempt starts, and where a change stops attempts that rest on what
/// was read before it.
/// </summary>
/// <remarks>
/// What was read of a workspace may be acted on for a permit's lifetime, counted on the monotonic clock from before the read was sent,
/// and only while nothing on this node closed the gate since. Workspaces share stripes: a needless close costs another read, no more.
/// </remarks>
sealed class EpochGate(TimeProvider time, IOptions<WebhooksOptions> options) : IEpochGate
{
    const int StripeCount = 4096;

    readonly TimeSpan lifetime = options.Value.PermitLifetime;
    readonly Stripe[] stripes = [.. Enumerable.Range(0, StripeCount).Select(_ => new Stripe())];

    /// <summary>Whether something read at that time may still be acted on, to the best of present knowledge; starting asks again.</summary>
    public bool IsOpen(WorkspaceId workspaceId, long readStarted) => IsOpen(StripeOf(workspaceId), readStarted);

    public bool TryAccept(WorkspaceId workspaceId, long epoch, long readStartedTimestamp) => IsOpen(workspaceId, readStartedTimestamp);

    /// <summary>Starts an attempt on what was read at that time, or refuses.</summary>
    /// <param name="passage">To be left as soon as the attempt's first bytes have been given to the socket.</param>
    public bool TryEnter(WorkspaceId workspaceId, long readStarted, [NotNullWhen(true)] out Passage? passage)
    {
        var stripe = StripeOf(workspaceId);
        lock (stripe)
        {
            if (!IsOpen(stripe, readStarted))
            {
                passage = null;
                return false;
            }

            stripe.Inside.Count++;
            passage = new(stripe, stripe.Inside);
            return true;
        }
    }

    /// <summary>
    /// From now on nothing that was read before starts. Completes once everything that started before has given its first bytes away.
    /// </summary>
    public Task CloseAsync(WorkspaceId workspaceId)
    {
        var stripe = StripeOf(workspaceId);
        lock (stripe)
        {
            Volatile.Write(ref stripe.Floor, time.GetTimestamp());
            var everyoneLeft = stripe.Inside.Close();
            stripe.Inside = new(everyoneLeft);
            return everyoneLeft;
        }
    }

    /// <summary>Closes because another process says that there was a change; not again at once, or whoever can say so could keep the gate shut.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryCloseOnHint(WorkspaceId workspaceId)
    {
        var stripe = StripeOf(workspaceId);
        lock (stripe)
        {
            if (stripe.HintedAt is { } hinted && time.GetElapsedTime(hinted) < lifetime / 2)
                return false;
            stripe.HintedAt = time.GetTimestamp();
            _ = CloseAsync(workspaceId);
            return true;
        }
    }

    Stripe StripeOf(WorkspaceId workspaceId) => stripes[(uint)workspaceId.GetHashCode() % StripeCount];

    // In the very tick of a closing nobody knows which came first, so that read is refused too.
    bool IsOpen(Stripe stripe, long readStarted) => readStarted > Volatile.Read(ref stripe.Floor) && time.GetElapsedTime(readStarted) < lifetime;

    /// <summary>An attempt between its start and its first bytes' way to the socket.</summary>
    internal sealed class Passage(Stripe stripe, Crowd crowd)
    {
        bool left;

        /// <summary>Counts once: a second call must not let a barrier go that still waits for somebody else.</summary>
        public void Leave()
        {
            lock (stripe)
            {
                if (!left)
                    crowd.LeaveOne();
                left = true;
            }
        }
    }

    internal sealed class Stripe
    {
        /// <summary>Reads that started at this moment or before no longer count.</summary>
        public long Floor = long.MinValue;

        public long? HintedAt;

        public Crowd Inside = new(Task.CompletedTask);
    }

    /// <summary>Those who entered between two closings of the gate.</summary>
    /// <param name="before">Completes when all earlier crowds have left.</param>
    internal sealed class Crowd(Task before)
    {
        readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        bool closed;

        public int Count { get; set; }

        /// <summary>Lets nobody in any more.</summary>
        /// <returns>Completes when this crowd and every one before it have left.</returns>
        public Task Close()
        {
            closed = true;
            if (Count == 0)
                left.SetResult();
            return before.IsCompleted ? left.Task : Task.WhenAll(before, left.Task);
        }

        public void LeaveOne()
        {
            if (--Count == 0 && closed)
                left.SetResult();
        }
    }
}
