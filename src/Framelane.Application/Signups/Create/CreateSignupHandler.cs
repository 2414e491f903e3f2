using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Workspaces;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Signups;
using Framelane.Domain.Workspaces;
using MediatR;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Signups.Create;

/// <summary>Makes a workspace and a key that are not let in yet, and mails a code.</summary>
/// <remarks>
/// Whatever there is to the address, the same is read, written and answered. With one that is verified already, the workspace waits for
/// nothing, and goes when those go that nobody verified; so does the workspace of a former sign-up.
/// </remarks>
sealed class CreateSignupHandler(
    IUnitOfWork unitOfWork,
    ISignupRepository signups,
    IWorkspaceRepository workspaces,
    NewWorkspaces newWorkspaces,
    ISignupCodes codes,
    IEmailAddresses addresses,
    IDefaultPlan plan,
    IMailOutbox mails,
    IMapper mapper,
    IOptions<SignupOptions> options,
    TimeProvider time) : IRequestHandler<CreateSignupCommand, Result<SignupResponse>>
{
    const string KeyName = "Default";

    public async Task<Result<SignupResponse>> Handle(CreateSignupCommand command, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return SignupErrors.Closed;
        var email = addresses.TryParse(command.Request.Email)!;
        var secret = ApiKeySecret.Generate();

        // What is remembered under an Idempotency-Key is this, without the key.
        var made = await unitOfWork.ExecuteAsync(token => MakeAsync(command, email, secret, token), cancellationToken);
        return made.IsSuccess ? made.Value with { ApiKey = secret.Reveal() } : made;
    }

    async Task<Result<SignupResponse>> MakeAsync(CreateSignupCommand command, EmailAddress email, ApiKeySecret secret, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var signup = await signups.GetForUpdateAsync(email, now, cancellationToken);
        var isTaken = await workspaces.HasVerifiedAsync(email, cancellationToken);

        var workspace = newWorkspaces.Add(
            (id, sealedSecret) => Workspace.SignUp(id, command.Request.WorkspaceName, email, plan.Plan, sealedSecret, now),
            KeyName, secret, id => Actor.SigningUp(id, command.Address), now);
        mails.Add(MailFor(signup, workspace, email, isTaken, now));
        return new SignupResponse { Workspace = mapper.ToResponse(workspace, now), ApiKey = null };
    }

    Mail MailFor(Signup signup, Workspace workspace, EmailAddress email, bool isTaken, DateTimeOffset now)
    {
        var code = OtpCode.Generate();
        var digest = codes.Digest(signup.Id, code);
        if (isTaken)
            return SignupMails.AlreadyVerified(signup.Notify(now) ? email.Text : Mail.Nobody);
        signup.Begin(workspace, email, now);
        return SignupMails.Code(signup.IssueCode(digest, now) ? email.Text : Mail.Nobody, workspace.Name, code);
    }
}
