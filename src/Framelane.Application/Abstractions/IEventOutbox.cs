using Framelane.Domain.Webhooks;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>Writes events and their deliveries in the transaction of the change that they tell of.</summary>
public interface IEventOutbox
{
    /// <summary>
    /// Writes the event, and a delivery to each webhook that asked for its type (a dead one where the webhook is disabled), or to the
    /// job's own <see cref="NewEvent.WebhookUrl"/> alone.
    /// </summary>
    Task AppendAsync(NewEvent newEvent, CancellationToken cancellationToken);

    /// <summary>Writes a ping to that one webhook, leased to the caller, who sends it as soon as the transaction has committed.</summary>
    Task<PingTicket> AppendPingAsync(Webhook webhook, CancellationToken cancellationToken);
}

/// <param name="Type">One of <see cref="Domain.Events.EventTypes"/>.</param>
/// <param name="Sequence">Its place among its job's events, from 1.</param>
/// <param name="Data">What becomes the body's <c>data</c>: the job or the asset, as the API shows it.</param>
/// <param name="Metadata">The job's metadata; empty where there is none.</param>
/// <param name="WebhookUrl">The job's own target, which takes the place of the workspace's webhooks.</param>
public sealed record NewEvent(
    WorkspaceId WorkspaceId,
    string Type,
    string? JobId,
    int Sequence,
    object Data,
    IReadOnlyDictionary<string, string> Metadata,
    string? WebhookUrl);

/// <summary>Names the one claim on a ping's delivery.</summary>
public sealed record PingTicket(WorkspaceId WorkspaceId, string DeliveryId, long Fence);
