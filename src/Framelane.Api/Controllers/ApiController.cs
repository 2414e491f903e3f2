using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Wire;
using Framelane.Application.Common;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

/// <summary>What every controller of <c>/v1</c> shares: who calls, and how a result becomes an answer.</summary>
[ApiController]
[Produces("application/json")]
[ProducesResponseType<ErrorResponse>(StatusCodes.Status401Unauthorized)]
[ProducesResponseType<ErrorResponse>(StatusCodes.Status403Forbidden)]
[ProducesResponseType<ErrorResponse>(StatusCodes.Status429TooManyRequests)]
[ProducesResponseType<ErrorResponse>(StatusCodes.Status500InternalServerError)]
public abstract class ApiController : ControllerBase
{
    protected Actor Actor => HttpContext.Actor();

    protected WorkspaceId WorkspaceId => Actor.WorkspaceId;

    protected ActionResult<T> Answer<T>(Result<T> result, int status = StatusCodes.Status200OK) =>
        result.IsSuccess ? StatusCode(status, result.Value) : new ErrorResult(result.Error);

    /// <summary>Answers what was made, and where it is found (<see cref="FoundAtAttribute"/>).</summary>
    protected ActionResult<T> AnswerMade<T>(Result<T> result, Func<T, string> id, int status)
    {
        if (result.IsSuccess)
            HttpContext.Locate(id(result.Value));
        return Answer(result, status);
    }

    protected ActionResult AnswerNothing(Result<Unit> result) =>
        result.IsSuccess ? NoContent() : new ErrorResult(result.Error);

    protected ActionResult<ListResponse<T>> AnswerPage<T>(Result<Page<T>> result) =>
        result.IsSuccess ? HttpContext.ToListResponse(result.Value) : new ErrorResult(result.Error);
}
