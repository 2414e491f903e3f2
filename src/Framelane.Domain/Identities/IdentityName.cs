using System.Text.RegularExpressions;

namespace Framelane.Domain.Identities;

/// <summary>Who somebody is: a subject of an identity provider. Never the mail, which changes hands (OpenID Connect Core, 5.7).</summary>
public sealed partial record IdentityName
{
    /// <summary>Characters of an issuer, which is a URL that an operator configures.</summary>
    public const int MaxIssuerLength = 500;

    /// <summary>Characters of a subject, all of them ASCII (OpenID Connect Core, 2).</summary>
    public const int MaxSubjectLength = 255;

    IdentityName(string issuer, string subject) => (Issuer, Subject) = (issuer, subject);

    public string Issuer { get; }

    public string Subject { get; }

    /// <summary>The identity, or null where one of the two cannot be part of one. Both are taken to the letter.</summary>
    public static IdentityName? TryMake(string? issuer, string? subject) =>
        issuer is { Length: > 0 and <= MaxIssuerLength } && subject is { Length: <= MaxSubjectLength } && Visible().IsMatch(issuer) && Visible().IsMatch(subject)
            ? new(issuer, subject)
            : null;

    public override string ToString() => $"{Issuer} {Subject}";

    /// <summary>No spaces: at a text's end some databases do not tell them from none.</summary>
    [GeneratedRegex(@"\A[!-~]+\z")]
    private static partial Regex Visible();
}
