using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Identities;

/// <summary>Which workspace somebody enters by the console.</summary>
public sealed class Identity
{
    Identity()
    {
    }

    public string Issuer { get; private set; } = "";

    public string Subject { get; private set; } = "";

    public WorkspaceId WorkspaceId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public static Identity Create(IdentityName name, WorkspaceId workspaceId, DateTimeOffset now) => new()
    {
        Issuer = name.Issuer,
        Subject = name.Subject,
        WorkspaceId = workspaceId,
        CreatedAt = now,
    };
}
