using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Framelane.Domain.ApiKeys;

namespace Framelane.Domain.Identities;

/// <summary>A session token as the console holds it: a signed JWT in its compact form (RFC 7515, 7.1). Prints as <c>***</c>.</summary>
/// <remarks>Three parts, so nothing encrypted, which has five. What begins like an API key is none.</remarks>
public sealed partial class SessionToken
{
    /// <summary>Characters. Providers keep theirs within a cookie, of 4 KiB.</summary>
    public const int MaxLength = 8192;

    readonly string text;

    SessionToken(string text) => this.text = text;

    /// <summary>The token, or null where the text cannot be one. Nothing of it is believed by that.</summary>
    public static SessionToken? TryParse(string? text) =>
        text is { Length: <= MaxLength } && !text.StartsWith(ApiKeySecret.Prefix, StringComparison.Ordinal) && Compact().IsMatch(text) ? new(text) : null;

    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(text));

    /// <summary>The whole text, for whoever checks it.</summary>
    public string Reveal() => text;

    public override string ToString() => "***";

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\z")]
    private static partial Regex Compact();
}
