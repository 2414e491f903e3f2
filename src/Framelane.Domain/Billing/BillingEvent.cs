using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Billing;

/// <summary>An event of the payment provider that was acted on: it is not acted on twice.</summary>
public sealed class BillingEvent
{
    public const int MaxTypeLength = 100;

    BillingEvent()
    {
    }

    /// <summary>The provider's id of it.</summary>
    public string Id { get; private set; } = "";

    public WorkspaceId WorkspaceId { get; private set; }

    public string Type { get; private set; } = "";

    public DateTimeOffset HandledAt { get; private set; }

    public static BillingEvent Handled(string id, string type, WorkspaceId workspaceId, DateTimeOffset now) => new()
    {
        Id = id, Type = type, WorkspaceId = workspaceId, HandledAt = now,
    };
}
