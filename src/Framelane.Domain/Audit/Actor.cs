using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Audit;

/// <summary>Who acts on a workspace: a key from an address, who signs up from one, or the system itself.</summary>
public sealed record Actor(WorkspaceId WorkspaceId, ApiKeyId? ApiKeyId, string? Address)
{
    /// <param name="address">The client's.</param>
    public static Actor SigningUp(WorkspaceId workspaceId, string? address) => new(workspaceId, null, address);

    public static Actor System(WorkspaceId workspaceId) => new(workspaceId, null, null);
}
