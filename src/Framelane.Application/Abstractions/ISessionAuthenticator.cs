using Framelane.Domain.Identities;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

public interface ISessionAuthenticator
{
    /// <summary>
    /// Who is at the console; null where the token does not prove it, or where they have no workspace. After an answer that took it from
    /// them, no node lets them in.
    /// </summary>
    /// <exception cref="UnavailableException">The identity provider's keys cannot be had, so nothing can be said of the token.</exception>
    Task<AuthenticatedSession?> AuthenticateAsync(SessionToken presented, CancellationToken cancellationToken);
}

/// <param name="Subject">As the identity provider names them.</param>
public sealed record AuthenticatedSession(string Subject, WorkspaceId WorkspaceId, Plan Plan, bool EmailVerified)
    : AuthenticatedCaller(WorkspaceId, Plan, EmailVerified);
