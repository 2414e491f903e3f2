using Framelane.Application.Abstractions;
using Framelane.Domain.Identities;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Keys;

/// <summary>Finds the workspace of whoever a session token proves to be at the console.</summary>
sealed class SessionAuthenticator(ISessionTokens tokens, CallerReads reads) : ISessionAuthenticator
{
    public async Task<AuthenticatedSession?> AuthenticateAsync(SessionToken presented, CancellationToken cancellationToken)
    {
        if (await tokens.VerifyAsync(presented, cancellationToken) is not { Name: { } name }
            || await reads.ReadAsync((db, token) => FindAsync(db, name, token), cancellationToken) is not { } entrant)
            return null;
        return new(name.Subject, entrant.WorkspaceId, entrant.Plan, entrant.EmailVerified);
    }

    static Task<Entrant?> FindAsync(FramelaneDbContext db, IdentityName name, CancellationToken cancellationToken) =>
    (
        from identity in db.Identities
        join workspace in db.Workspaces on identity.WorkspaceId equals workspace.Id
        where identity.Issuer == name.Issuer && identity.Subject == name.Subject && workspace.DeletedAt == null
        select new Entrant(workspace.Id, workspace.Plan, workspace.EmailVerified, workspace.Epoch)).SingleOrDefaultAsync(cancellationToken);

    sealed record Entrant(WorkspaceId WorkspaceId, Plan Plan, bool EmailVerified, long Epoch) : ICallerRow;
}
