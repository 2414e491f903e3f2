using Framelane.Application.Abstractions;
using Framelane.Domain.Identities;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Framelane.Infrastructure.Sessions;

/// <summary>Checks session tokens: the signature, issuer and audience by a library, the rest here.</summary>
sealed class SessionTokens(ProviderKeys keys, IOptions<OidcOptions> options, TimeProvider time) : ISessionTokens
{
    /// <summary>By so much the provider's clock may differ from ours.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    /// <summary>Signatures by which nobody can sign who can check them. <c>none</c> and HMAC are not among them.</summary>
    public static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    static readonly JsonWebTokenHandler Handler = new() { MaximumTokenSizeInBytes = SessionToken.MaxLength };

    readonly OidcOptions settings = options.Value;

    public bool AreConfigured => settings.IsConfigured;

    public IdentityName? NameIn(SessionToken token) => IdentityName.TryMake(settings.Issuer, TokenClaims.TryRead(token)?.Subject);

    public async Task<VerifiedSession?> VerifyAsync(SessionToken token, CancellationToken cancellationToken)
    {
        if (!AreConfigured
            || TokenClaims.TryRead(token) is not { } claims
            || !Algorithms.Contains(claims.Algorithm)
            || !IsCurrent(claims)
            || !IsIssuedToOurs(claims)
            || IdentityName.TryMake(settings.Issuer, claims.Subject) is not { } name)
            return null;

        // Asked for last: what is wrong anyway makes nobody read the provider's keys again.
        var signers = (await keys.FindAsync(claims.KeyId, cancellationToken)).Where(key => key.Alg is null or "" || key.Alg == claims.Algorithm).ToArray();
        if (signers.Length == 0)
            return null;
        var result = await Handler.ValidateTokenAsync(token.Reveal(), Requirements(signers, claims.Algorithm));
        return result.IsValid ? new(name, claims.Email) : null;
    }

    bool IsCurrent(TokenClaims claims)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        return now < claims.Expires + Skew.TotalSeconds && now >= (claims.NotBefore ?? 0) - Skew.TotalSeconds;
    }

    bool IsIssuedToOurs(TokenClaims claims) =>
        settings.AuthorizedParties.Count == 0 || (claims.AuthorizedParty is { } party && settings.AuthorizedParties.Contains(party));

    TokenValidationParameters Requirements(IEnumerable<SecurityKey> signers, string algorithm) => new()
    {
        IssuerSigningKeys = signers,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [algorithm],
        ValidIssuer = settings.Issuer,
        ValidateAudience = !string.IsNullOrEmpty(settings.Audience),
        ValidAudience = settings.Audience,

        // Judged above, by the clock that all nodes go by; the library reads the machine's.
        ValidateLifetime = false,
    };
}
