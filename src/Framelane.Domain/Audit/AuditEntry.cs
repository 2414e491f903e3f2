using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Audit;

/// <summary>Who did what to a workspace's keys, endpoints and files, when and from where. Never holds a secret.</summary>
public sealed class AuditEntry
{
    AuditEntry()
    {
    }

    public AuditEntryId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    /// <summary>What was done, as in <see cref="AuditActions"/>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>The id of what it was done to, if it has one.</summary>
    public string? TargetId { get; private set; }

    /// <summary>The key that did it; null for the console, for who signs up, and for the system itself.</summary>
    public ApiKeyId? ApiKeyId { get; private set; }

    /// <summary>Who did it at the console, as the identity provider names them; null for keys and the system itself.</summary>
    public string? Subject { get; private set; }

    /// <summary>The client's address; null for the system itself.</summary>
    public string? Address { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static AuditEntry Of(string action, string? targetId, Actor actor, DateTimeOffset now) => new()
    {
        Id = AuditEntryId.New(now),
        WorkspaceId = actor.WorkspaceId,
        Action = action,
        TargetId = targetId,
        ApiKeyId = actor.ApiKeyId,
        Subject = actor.Subject,
        Address = actor.Address,
        CreatedAt = now,
    };
}
