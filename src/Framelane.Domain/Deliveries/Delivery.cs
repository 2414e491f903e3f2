using Framelane.Domain.Events;
using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Deliveries;

/// <summary>
/// One event on its way to one endpoint. Between attempts it holds the one that comes next; ended attempts are
/// <see cref="DeliveryAttempt"/>s. What moves it on at speed is the dispatcher's store, by the same rules.
/// </summary>
public sealed class Delivery
{
    /// <summary>The <see cref="Step"/> before the first: whoever claims it begins at 0, and so does what follows an attempt that runs.</summary>
    public const int StartsAnew = -1;

    Delivery()
    {
    }

    public DeliveryId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public EventId EventId { get; private set; }

    public string EventType { get; private set; } = "";

    public string? JobId { get; private set; }

    public int Sequence { get; private set; }

    /// <summary>The endpoint; null for the <c>webhook_url</c> of a single job.</summary>
    public WebhookId? WebhookId { get; private set; }

    /// <summary>The address of a delivery to a single job's <c>webhook_url</c>; null where the webhook's own address counts.</summary>
    public string? Url { get; private set; }

    /// <summary>What waits in one line: a webhook's id, or a key made of workspace and url.</summary>
    public string Lane { get; private set; } = "";

    /// <summary>Never retried and never counted towards disabling.</summary>
    public bool OneShot { get; private set; }

    public DeliveryState State { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The attempt that is scheduled or running.</summary>
    public AttemptId AttemptId { get; private set; }

    /// <summary>Its number, from 1; goes on rising through redeliveries.</summary>
    public int AttemptNumber { get; private set; }

    /// <summary>
    /// Its place in the retry schedule, from 0; a redelivery starts at 0 again. <see cref="StartsAnew"/> where it was asked for while an
    /// attempt ran: unless that succeeds or is the last one for another reason, the next one is made at once and has place 0.
    /// </summary>
    public int Step { get; private set; }

    /// <summary>When that attempt was scheduled.</summary>
    public DateTimeOffset ScheduledAt { get; private set; }

    /// <summary>When it is to be made.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>When it may be claimed: <see cref="NextAttemptAt"/>, or the end of the lease of the node that claimed it.</summary>
    public DateTimeOffset ClaimableAt { get; private set; }

    /// <summary>Raised by every claim and redelivery: whoever holds an older one lost its lease and can finish nothing.</summary>
    public long Fence { get; private set; }

    public static Delivery ToWebhook(WebhookEvent @event, Webhook webhook, bool oneShot, DateTimeOffset now)
    {
        var delivery = Create(@event, oneShot, now);
        delivery.WebhookId = webhook.Id;
        delivery.Lane = webhook.Id.Value;
        delivery.State = webhook.Enabled || oneShot ? DeliveryState.Pending : DeliveryState.EndpointDisabled;
        return delivery;
    }

    public static Delivery ToUrl(WebhookEvent @event, string url, DateTimeOffset now)
    {
        var delivery = Create(@event, oneShot: false, now);
        delivery.Url = url;
        delivery.Lane = LaneKey.OfUrl(@event.WorkspaceId, url);
        return delivery;
    }

    /// <summary>Keeps the delivery for its maker, who sends it at once; if the maker dies, dispatchers take it after the lease.</summary>
    public void LeaseToMaker(TimeSpan lease)
    {
        ClaimableAt = NextAttemptAt + lease;
        Fence++;
    }

    /// <summary>
    /// Puts it back at the start of the retry schedule, whatever became of it. An attempt that runs at this moment is left to end, though its
    /// webhook was disabled since, and if it fails the schedule starts behind it.
    /// </summary>
    public void Redeliver(DateTimeOffset now)
    {
        if (State == DeliveryState.Cancelled)
            return;
        if (State is DeliveryState.Pending or DeliveryState.EndpointDisabled && ClaimableAt > NextAttemptAt && ClaimableAt > now)
        {
            (State, Step) = (DeliveryState.Pending, OneShot ? Step : StartsAnew);
            return;
        }

        if (State is DeliveryState.Succeeded or DeliveryState.DeadLettered)
        {
            AttemptId = AttemptId.New(now);
            AttemptNumber++;
        }

        State = DeliveryState.Pending;
        Step = 0;
        ScheduledAt = NextAttemptAt = ClaimableAt = now;
        Fence++;
    }

    static Delivery Create(WebhookEvent @event, bool oneShot, DateTimeOffset now) => new()
    {
        Id = DeliveryId.New(now),
        WorkspaceId = @event.WorkspaceId,
        EventId = @event.Id,
        EventType = @event.Type,
        JobId = @event.JobId,
        Sequence = @event.Sequence,
        OneShot = oneShot,
        State = DeliveryState.Pending,
        CreatedAt = now,
        AttemptId = AttemptId.New(now),
        AttemptNumber = 1,
        ScheduledAt = now,
        NextAttemptAt = now,
        ClaimableAt = now,
    };
}
