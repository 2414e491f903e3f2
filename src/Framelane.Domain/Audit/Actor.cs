using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Audit;

/// <summary>Who acts on a workspace: a key from an address, or the system itself.</summary>
public sealed record Actor(WorkspaceId WorkspaceId, ApiKeyId? ApiKeyId, string? Address)
{
    public static Actor System(WorkspaceId workspaceId) => new(workspaceId, null, null);
}
