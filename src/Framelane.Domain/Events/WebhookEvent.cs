using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Events;

/// <summary>Something a workspace's receivers are told. Its body is serialised once; every attempt sends the same bytes.</summary>
public sealed class WebhookEvent
{
    WebhookEvent()
    {
    }

    public EventId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public string Type { get; private set; } = "";

    /// <summary>The job it tells of, if it tells of one.</summary>
    public string? JobId { get; private set; }

    /// <summary>Its place among the events of its job, from 1; 1 where there is no job.</summary>
    public int Sequence { get; private set; }

    /// <summary>The JSON that is sent, UTF-8.</summary>
    public byte[] Body { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public static WebhookEvent Create(EventId id, WorkspaceId workspaceId, string type, string? jobId, int sequence, byte[] body, DateTimeOffset now)
    {
        if (!EventTypes.IsKnown(type))
            throw new ArgumentException($"No event type '{type}'.", nameof(type));
        ArgumentOutOfRangeException.ThrowIfZero(body.Length, nameof(body));
        return new()
        {
            Id = id,
            WorkspaceId = workspaceId,
            Type = type,
            JobId = jobId,
            Sequence = sequence,
            Body = body,
            CreatedAt = now,
        };
    }
}
