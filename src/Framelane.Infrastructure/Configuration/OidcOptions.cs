using Framelane.Domain.Identities;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Oidc</c>: the identity provider whose session tokens count. Left out, none do.</summary>
public sealed class OidcOptions
{
    public const string Section = "Framelane:Oidc";

    /// <summary>The provider's address as its tokens name it, to the letter.</summary>
    public string? Issuer { get; set; }

    /// <summary>One of those that a token has to be meant for (<c>aud</c>).</summary>
    public string? Audience { get; set; }

    /// <summary>Those to one of whom a token has to be issued (<c>azp</c>); a provider may name them by their origin.</summary>
    public IList<string> AuthorizedParties { get; } = [];

    public bool IsConfigured => !string.IsNullOrEmpty(Issuer);
}

sealed class OidcOptionsValidator() : SectionValidator<OidcOptions>(OidcOptions.Section)
{
    protected override IEnumerable<string> Failures(OidcOptions options)
    {
        var isRestricted = !string.IsNullOrEmpty(options.Audience) || options.AuthorizedParties.Count > 0;
        if (!options.IsConfigured && isRestricted)
            yield return $"{nameof(options.Issuer)} has to be given where {nameof(options.Audience)} or {nameof(options.AuthorizedParties)} is";
        if (options.IsConfigured && !IsIssuer(options.Issuer!))
            yield return $"{nameof(options.Issuer)} is an https address without a query, at most {IdentityName.MaxIssuerLength} characters long; http on this machine alone";
        if (options.IsConfigured && !isRestricted)
            yield return $"{nameof(options.Audience)} or {nameof(options.AuthorizedParties)} has to be given: the provider's tokens may be meant for others";
        if (options.AuthorizedParties.Any(string.IsNullOrWhiteSpace))
            yield return $"{nameof(options.AuthorizedParties)} has an empty entry";
    }

    static bool IsIssuer(string text) => text.Length <= IdentityName.MaxIssuerLength && HttpAddress.IsBase(text) && HttpAddress.IsUnheard(new(text));
}
