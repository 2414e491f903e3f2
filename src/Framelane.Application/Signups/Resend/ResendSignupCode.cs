using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Signups;
using MediatR;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Signups.Resend;

public sealed record ResendSignupCodeRequest
{
    /// <summary>The address that was signed up with.</summary>
    public required string Email { get; init; }
}

/// <param name="Message">For people. It says the same whatever came of it.</param>
public sealed record ResendSignupCodeResponse(string Message);

/// <summary>
/// Sends a new code in the former one's place, if there is something to verify and the address may get another one today. Where the address was
/// taken meanwhile no code works, and it is told that instead.
/// </summary>
public sealed record ResendSignupCodeCommand(ResendSignupCodeRequest Request) : IRequest<Result<ResendSignupCodeResponse>>;

sealed class ResendSignupCodeValidator : AbstractValidator<ResendSignupCodeRequest>
{
    public ResendSignupCodeValidator(IEmailAddresses addresses) => RuleFor(request => request.Email).MustBeEmail(addresses);
}

sealed class ResendSignupCodeHandler(
    IUnitOfWork unitOfWork,
    ISignupRepository signups,
    IWorkspaceRepository workspaces,
    ISignupCodes codes,
    IEmailAddresses addresses,
    IMailOutbox mails,
    IOptions<SignupOptions> options,
    TimeProvider time) : IRequestHandler<ResendSignupCodeCommand, Result<ResendSignupCodeResponse>>
{
    static readonly ResendSignupCodeResponse Answer = new(
        $"If a sign-up with this address waits to be verified, a new code is on its way: at most {Signup.MailsPerDay} a day.");

    public async Task<Result<ResendSignupCodeResponse>> Handle(ResendSignupCodeCommand command, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return SignupErrors.Closed;
        var email = addresses.TryParse(command.Request.Email)!;
        return await unitOfWork.ExecuteAsync<ResendSignupCodeResponse>(
            async token =>
            {
                var now = time.GetUtcNow();
                var signup = await signups.GetForUpdateAsync(email, now, token);
                var isTaken = await workspaces.HasVerifiedAsync(email, token);
                var code = OtpCode.Generate();
                var to = signup.IssueCode(codes.Digest(signup.Id, code), now) ? signup.Recipient!.Text : Mail.Nobody;
                mails.Add(isTaken ? SignupMails.AlreadyVerified(to) : SignupMails.Code(to, signup.WorkspaceName, code));
                return Answer;
            },
            cancellationToken);
    }
}
