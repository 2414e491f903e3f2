using Framelane.Domain.Identities;

namespace Framelane.Application.Abstractions;

/// <summary>Checks session tokens of the console's identity provider.</summary>
public interface ISessionTokens
{
    /// <summary>Whether there is a provider whose tokens count.</summary>
    bool AreConfigured { get; }

    /// <summary>Whose the token says that it is; null where it names nobody. It proves nothing: whoever made it up can have written the same.</summary>
    IdentityName? NameIn(SessionToken token);

    /// <summary>What the token proves; null where that is nothing, as it is without a provider.</summary>
    /// <exception cref="UnavailableException">The provider's keys cannot be had, so nothing can be said of the token.</exception>
    Task<VerifiedSession?> VerifyAsync(SessionToken token, CancellationToken cancellationToken);
}

/// <param name="VerifiedEmail">The address that the provider says it has verified, if it names one.</param>
public sealed record VerifiedSession(IdentityName Name, string? VerifiedEmail);
