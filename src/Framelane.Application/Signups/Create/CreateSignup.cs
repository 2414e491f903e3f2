using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Workspaces;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Signups.Create;

public sealed record CreateSignupRequest
{
    /// <summary>1 to 255 characters.</summary>
    public required string WorkspaceName { get; init; }

    /// <summary>Where the code is sent; up to 254 characters, without a display name. Case makes no difference.</summary>
    public required string Email { get; init; }
}

public sealed record SignupResponse
{
    public required WorkspaceResponse Workspace { get; init; }

    /// <summary>The key. It is not shown again: a repeat under the same Idempotency-Key has null here. No key is let in before the address is verified.</summary>
    public required string? ApiKey { get; init; }

    public override string ToString() => $"{Workspace.Id} ***";
}

/// <param name="Address">The client's.</param>
public sealed record CreateSignupCommand(CreateSignupRequest Request, string? Address) : IRequest<Result<SignupResponse>>;

sealed class CreateSignupValidator : AbstractValidator<CreateSignupRequest>
{
    public CreateSignupValidator(IEmailAddresses addresses)
    {
        RuleFor(request => request.WorkspaceName).NotNull().Length(1, Workspace.MaxNameLength);
        RuleFor(request => request.Email).MustBeEmail(addresses);
    }
}
