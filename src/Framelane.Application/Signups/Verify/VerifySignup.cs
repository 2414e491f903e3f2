using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Workspaces;
using Framelane.Domain.Common;
using Framelane.Domain.Signups;
using MediatR;

namespace Framelane.Application.Signups.Verify;

public sealed record VerifySignupRequest
{
    /// <summary>The address that was signed up with.</summary>
    public required string Email { get; init; }

    /// <summary>The six digits that it was sent.</summary>
    public required string OtpCode { get; init; }

    public override string ToString() => "***";
}

public sealed record VerifySignupResponse(WorkspaceResponse Workspace);

/// <param name="Address">The client's.</param>
public sealed record VerifySignupCommand(VerifySignupRequest Request, string? Address) : IRequest<Result<VerifySignupResponse>>;

sealed class VerifySignupValidator : AbstractValidator<VerifySignupRequest>
{
    public VerifySignupValidator(IEmailAddresses addresses)
    {
        RuleFor(request => request.Email).MustBeEmail(addresses);
        RuleFor(request => request.OtpCode).Cascade(CascadeMode.Stop).MinimumLength(OtpCode.Length).MaximumLength(OtpCode.Length).Matches("^[0-9]{6}$");
    }
}
