using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Headers;
using Framelane.Api.Wire;
using Framelane.Application.Signups.Create;
using Framelane.Application.Signups.Resend;
using Framelane.Application.Signups.Verify;
using Framelane.Domain.Common;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/signup")]
[Tags("signup")]
[AllowAnonymous]
[ApiController]
[Produces("application/json")]
[ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
public sealed class SignupController(ISender sender) : ControllerBase
{
    string? Address => HttpContext.ClientAddress()?.ToString();

    /// <summary>Sign up</summary>
    /// <remarks>
    /// Makes a workspace and its first API key, and mails a code of six digits, with which the address is verified; until then every call
    /// with the key is a 403 `email_not_verified`. A new sign-up with the same address takes the former one's place. Whether an address is
    /// known already is not told: the answer is the same, its key is never let in, and the address's owner gets a mail.
    /// </remarks>
    /// <response code="201">The workspace, which waits for its address to be verified, and its key, which is shown this once.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again, without the key.</response>
    /// <response code="503">This installation takes no sign-ups (`not_configured`), or cannot do its part at the moment (`unavailable`).</response>
    [HttpPost(Name = "sign_up")]
    [NoStore]
    [ProducesResponseType<SignupResponse>(StatusCodes.Status201Created)]
    [ProducesResponseType<SignupResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<SignupResponse>> Create(CreateSignupRequest request, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new CreateSignupCommand(request, Address), cancellationToken), StatusCodes.Status201Created);

    /// <summary>Verify the address of a sign-up</summary>
    /// <remarks>
    /// A code lives 15 minutes and can be tried 5 times; then a new one has to be asked for. A wrong, old or used code and an address that
    /// nobody signed up with are all the same 422, at `otp_code`.
    /// </remarks>
    /// <response code="200">The workspace; its key is let in from now on.</response>
    [HttpPost("verify", Name = "verify_signup")]
    [NoStore]
    [ProducesResponseType<VerifySignupResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<VerifySignupResponse>> Verify(VerifySignupRequest request, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new VerifySignupCommand(request, Address), cancellationToken), StatusCodes.Status200OK);

    /// <summary>Send a new code</summary>
    /// <remarks>It takes the former one's place. An address gets 5 mails in 24 hours at most; whether one was sent is not told.</remarks>
    /// <response code="202">The request was taken; the same answer for every address.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost("resend", Name = "resend_signup_code")]
    [NoStore]
    [ProducesResponseType<ResendSignupCodeResponse>(StatusCodes.Status202Accepted)]
    [ProducesResponseType<ResendSignupCodeResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<ResendSignupCodeResponse>> Resend(ResendSignupCodeRequest request, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new ResendSignupCodeCommand(request), cancellationToken), StatusCodes.Status202Accepted);

    ActionResult<T> Answer<T>(Result<T> result, int status) => result.IsSuccess ? StatusCode(status, result.Value) : new ErrorResult(result.Error);
}
