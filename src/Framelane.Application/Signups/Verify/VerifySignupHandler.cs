using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Plans;
using Framelane.Application.Workspaces;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Signups;
using MediatR;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Signups.Verify;

/// <summary>Brings a workspace to life by the code that its address was sent.</summary>
/// <remarks>
/// In two transactions: the first spends a try, and keeps that whatever the answer is; only a right code gets to the second. A refusal is
/// not remembered under an Idempotency-Key: a repeat is another try.
/// </remarks>
sealed class VerifySignupHandler(
    IUnitOfWork unitOfWork,
    ISignupRepository signups,
    IWorkspaceRepository workspaces,
    ISignupCodes codes,
    IEmailAddresses addresses,
    FormerUse former,
    IAuditLog audit,
    IMapper mapper,
    IdempotencyContext idempotency,
    IOptions<SignupOptions> options,
    TimeProvider time) : IRequestHandler<VerifySignupCommand, Result<VerifySignupResponse>>
{
    public async Task<Result<VerifySignupResponse>> Handle(VerifySignupCommand command, CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return SignupErrors.Closed;
        var email = addresses.TryParse(command.Request.Email)!;
        var code = OtpCode.TryParse(command.Request.OtpCode)!;

        var claim = idempotency.SetAside();
        var tried = await unitOfWork.ExecuteAsync(token => TryAsync(email, code, token), cancellationToken);
        if (!tried.IsSuccess)
            return tried.Error;
        if (!tried.Value)
            return SignupErrors.NotTheCode;
        idempotency.Claim = claim;
        return await unitOfWork.ExecuteAsync(token => CompleteAsync(email, code, command.Address, token), cancellationToken);
    }

    async Task<Result<bool>> TryAsync(EmailAddress email, OtpCode code, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var signup = await signups.GetForUpdateAsync(email, now, cancellationToken);
        return signup.Try(codes.Digest(signup.Id, code), now);
    }

    async Task<Result<VerifySignupResponse>> CompleteAsync(EmailAddress email, OtpCode code, string? address, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var signup = await signups.GetForUpdateAsync(email, now, cancellationToken);
        if (signup.Complete(codes.Digest(signup.Id, code), now) is not { } id)
            return SignupErrors.NotTheCode;

        // An operator or the console's provider may have given the address a workspace meanwhile. Signing up makes no second one.
        if (await workspaces.HasVerifiedAsync(email, cancellationToken))
            return SignupErrors.NotTheCode;

        var workspace = await workspaces.GetForUpdateAsync(id, cancellationToken);
        workspace.VerifyEmail(now);
        await former.CarryAsync(workspace, [], now, cancellationToken);
        audit.Add(AuditEntry.Of(AuditActions.EmailVerified, id.Value, Actor.SigningUp(id, address), now));
        return new VerifySignupResponse(mapper.ToResponse(workspace, now));
    }
}
