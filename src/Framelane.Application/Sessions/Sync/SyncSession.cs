using FluentValidation;
using Framelane.Application.Workspaces;
using Framelane.Domain.Common;
using Framelane.Domain.Identities;
using MediatR;

namespace Framelane.Application.Sessions.Sync;

public sealed record SyncSessionRequest
{
    /// <summary>A session token (JWT) of the console's identity provider; up to 8192 characters.</summary>
    public required string ClerkToken { get; init; }

    public override string ToString() => "***";
}

public sealed record SyncSessionResponse
{
    public required WorkspaceResponse Workspace { get; init; }

    /// <summary>Whether the workspace was made by this.</summary>
    public required bool IsNew { get; init; }

    /// <summary>A key of the new workspace. It is not shown again: null where the workspace was there, and in a repeat under the same Idempotency-Key.</summary>
    public required string? ApiKey { get; init; }

    public override string ToString() => $"{Workspace.Id} ***";
}

/// <param name="Address">The client's.</param>
public sealed record SyncSessionCommand(SyncSessionRequest Request, string? Address) : IRequest<Result<SyncSessionResponse>>;

sealed class SyncSessionValidator : AbstractValidator<SyncSessionRequest>
{
    public SyncSessionValidator() => RuleFor(request => request.ClerkToken).NotEmpty().MaximumLength(SessionToken.MaxLength);
}
