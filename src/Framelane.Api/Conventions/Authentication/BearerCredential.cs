using Framelane.Domain.ApiKeys;
using Framelane.Domain.Identities;
using Microsoft.Extensions.Primitives;

namespace Framelane.Api.Conventions.Authentication;

/// <summary>What an Authorization header shows: an API key or a session token. No text can be both. Prints as <c>***</c>.</summary>
sealed class BearerCredential
{
    const string Scheme = "Bearer ";

    BearerCredential(ApiKeySecret? key, SessionToken? session) => (Key, Session) = (key, session);

    public ApiKeySecret? Key { get; }

    public SessionToken? Session { get; }

    /// <summary>The header's credential, or null where it holds none that could be one.</summary>
    public static BearerCredential? Read(StringValues authorization)
    {
        if (authorization.Count != 1 || authorization[0] is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var text = header[Scheme.Length..].Trim(' ');
        if (ApiKeySecret.TryParse(text) is { } key)
            return new(key, null);
        return SessionToken.TryParse(text) is { } session ? new(null, session) : null;
    }

    public byte[] Hash() => Key?.Hash() ?? Session!.Hash();

    public override string ToString() => "***";
}
