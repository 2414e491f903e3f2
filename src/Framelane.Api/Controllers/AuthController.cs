using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Headers;
using Framelane.Api.Wire;
using Framelane.Application.Sessions.Sync;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/auth")]
[Tags("auth")]
[AllowAnonymous]
[ApiController]
[Produces("application/json")]
public sealed class AuthController(ISender sender) : ControllerBase
{
    /// <summary>Enter from the console</summary>
    /// <remarks>
    /// Tells the workspace of whoever the session token proves to be at the console, and makes them one the first time; only then there is
    /// a key in the answer. From then on their session tokens are let in wherever an API key is. Who they are is the token's issuer and
    /// subject, never a mail address.
    /// </remarks>
    /// <response code="200">The workspace, and its key where it is new. A repeat under the same Idempotency-Key has no key.</response>
    /// <response code="401">The session token proves nothing, whatever is wrong with it.</response>
    /// <response code="503">This installation has no identity provider (`not_configured`), or it cannot be reached (`unavailable`).</response>
    [HttpPost("sync", Name = "sync_session")]
    [NoStore]
    [ProducesResponseType<SyncSessionResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status401Unauthorized)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<SyncSessionResponse>> Sync(SyncSessionRequest request, CancellationToken cancellationToken)
    {
        var result = await sender.Send(new SyncSessionCommand(request, HttpContext.ClientAddress()?.ToString()), cancellationToken);
        return result.IsSuccess ? result.Value : new ErrorResult(result.Error);
    }
}
