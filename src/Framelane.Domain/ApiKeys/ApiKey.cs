using System.Security.Cryptography;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.ApiKeys;

/// <summary>A key that authenticates calls of one workspace. The key itself is not kept.</summary>
public sealed class ApiKey
{
    public const int MaxNameLength = 255;

    /// <summary>Keys of a workspace that are kept, revoked ones included. All of them are listed at once.</summary>
    public const int MaxPerWorkspace = 1000;

    ApiKey()
    {
    }

    public ApiKeyId Id { get; private set; }

    public WorkspaceId WorkspaceId { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>The first characters of the key, for people to tell keys apart.</summary>
    public string KeyPrefix { get; private set; } = "";

    public byte[] KeyHash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    public DateTimeOffset? RevokedAt { get; private set; }

    public static ApiKey Create(ApiKeyId id, WorkspaceId workspaceId, string name, ApiKeySecret secret, DateTimeOffset now) => new()
    {
        Id = id,
        WorkspaceId = workspaceId,
        Name = name,
        KeyPrefix = secret.Shown,
        KeyHash = secret.Hash(),
        CreatedAt = now,
    };

    /// <summary>Whether it is this key; in a time that does not depend on how much of it is right.</summary>
    public bool Matches(ApiKeySecret secret) => CryptographicOperations.FixedTimeEquals(KeyHash, secret.Hash());

    /// <returns>Whether it was live until now.</returns>
    internal bool Revoke(DateTimeOffset now)
    {
        if (RevokedAt is not null)
            return false;
        RevokedAt = now;
        return true;
    }
}
