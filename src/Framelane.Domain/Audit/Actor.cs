using Framelane.Domain.ApiKeys;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Audit;

/// <summary>Who acts on a workspace: a key, somebody at the console or who signs up, from an address, or the system itself.</summary>
/// <param name="Subject">Who is at the console, as the identity provider names them.</param>
public sealed record Actor(WorkspaceId WorkspaceId, ApiKeyId? ApiKeyId, string? Address, string? Subject = null)
{
    /// <param name="address">The client's.</param>
    public static Actor SigningUp(WorkspaceId workspaceId, string? address) => new(workspaceId, null, address);

    public static Actor System(WorkspaceId workspaceId) => new(workspaceId, null, null);
}
