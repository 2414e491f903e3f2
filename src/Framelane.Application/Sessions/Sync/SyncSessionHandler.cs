using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Plans;
using Framelane.Application.Workspaces;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Common;
using Framelane.Domain.Identities;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Sessions.Sync;

/// <summary>Finds the workspace of whoever is at the console, and makes them one, with a key, the first time that they are seen.</summary>
sealed class SyncSessionHandler(
    ISessionTokens tokens,
    IUnitOfWork unitOfWork,
    IIdentityRepository identities,
    IWorkspaceRepository workspaces,
    NewWorkspaces newWorkspaces,
    FormerUse former,
    IDefaultPlan plan,
    IEmailAddresses addresses,
    IMapper mapper,
    TimeProvider time) : IRequestHandler<SyncSessionCommand, Result<SyncSessionResponse>>
{
    /// <summary>Of the workspace; the first thing that its owner can change.</summary>
    const string Name = "Default";

    const string KeyName = "Console";

    public async Task<Result<SyncSessionResponse>> Handle(SyncSessionCommand command, CancellationToken cancellationToken)
    {
        if (!tokens.AreConfigured)
            return SessionErrors.NotConfigured;
        if (SessionToken.TryParse(command.Request.ClerkToken) is not { } presented || await tokens.VerifyAsync(presented, cancellationToken) is not { } session)
            return SessionErrors.NotProven;

        // What is remembered under an Idempotency-Key is this, without the key.
        var secret = ApiKeySecret.Generate();
        var synced = await unitOfWork.ExecuteAsync<SyncSessionResponse>(
            async token => await identities.FindAsync(session.Name, token) is { } known
                ? Answer(await workspaces.GetAsync(known.WorkspaceId, token), isNew: false)
                : Answer(await MakeAsync(session, secret, command.Address, token), isNew: true),
            cancellationToken);
        return synced is { IsSuccess: true, Value.IsNew: true } ? synced.Value with { ApiKey = secret.Reveal() } : synced;
    }

    async Task<Workspace> MakeAsync(VerifiedSession session, ApiKeySecret secret, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var workspace = newWorkspaces.Add(
            (id, sealedSecret) => Workspace.Create(id, Name, plan.Plan, sealedSecret, now),
            KeyName, secret, id => new(id, null, address, session.Name.Subject), now);
        if (addresses.TryParse(session.VerifiedEmail) is { } email)
            workspace.AdoptEmail(email);
        identities.Add(Identity.Create(session.Name, workspace.Id, now));
        await former.CarryAsync(workspace, [session.Name], now, cancellationToken);
        return workspace;
    }

    SyncSessionResponse Answer(Workspace workspace, bool isNew) =>
        new() { Workspace = mapper.ToResponse(workspace, time.GetUtcNow()), IsNew = isNew, ApiKey = null };
}
