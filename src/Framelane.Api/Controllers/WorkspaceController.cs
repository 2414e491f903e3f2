using System.ComponentModel.DataAnnotations;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Wire;
using Framelane.Application.Common;
using Framelane.Application.Workspaces;
using Framelane.Application.Workspaces.Delete;
using Framelane.Application.Workspaces.DropPreviousSecret;
using Framelane.Application.Workspaces.Get;
using Framelane.Application.Workspaces.GetUsage;
using Framelane.Application.Workspaces.ListAuditLog;
using Framelane.Application.Workspaces.Update;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/workspace")]
[Tags("workspace")]
public sealed class WorkspaceController(ISender sender) : ApiController
{
    /// <summary>Get the workspace</summary>
    [HttpGet(Name = "get_workspace")]
    [ProducesResponseType<WorkspaceResponse>(StatusCodes.Status200OK)]
    public async Task<ActionResult<WorkspaceResponse>> Get(CancellationToken cancellationToken) =>
        await sender.Send(new GetWorkspaceQuery(WorkspaceId), cancellationToken);

    /// <summary>Change the workspace</summary>
    [HttpPatch(Name = "update_workspace")]
    [ProducesResponseType<WorkspaceResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<WorkspaceResponse>> Update(UpdateWorkspaceRequest request, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new UpdateWorkspaceCommand(Actor, request), cancellationToken));

    /// <summary>Delete the workspace</summary>
    /// <remarks>
    /// Once this has answered, none of its keys is accepted and no delivery attempt starts. Work that runs stops, and all data and files are
    /// erased in the background. It cannot be undone.
    /// </remarks>
    /// <response code="202">It is deleted, and is being erased.</response>
    [HttpDelete(Name = "delete_workspace")]
    [ProducesResponseType(StatusCodes.Status202Accepted)]
    public async Task<ActionResult> Delete(CancellationToken cancellationToken)
    {
        var result = await sender.Send(new DeleteWorkspaceCommand(Actor), cancellationToken);
        return result.IsSuccess ? StatusCode(StatusCodes.Status202Accepted) : new ErrorResult(result.Error);
    }

    /// <summary>End the grace of the previous signing secret</summary>
    /// <remarks>Once this has answered, no delivery attempt starts that is signed with the previous secret. Without a grace it changes nothing.</remarks>
    /// <response code="204">The previous secret signs no more.</response>
    [HttpDelete("previous-secret", Name = "delete_previous_secret")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> DeletePreviousSecret(CancellationToken cancellationToken) =>
        AnswerNothing(await sender.Send(new DropPreviousSecretCommand(Actor), cancellationToken));

    /// <summary>Get the workspace's usage</summary>
    /// <param name="period">Days up to now; left out, the calendar month (UTC).</param>
    /// <param name="cancellationToken">Ends it early.</param>
    [HttpGet("usage", Name = "get_usage")]
    [ProducesResponseType<UsageResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<UsageResponse>> GetUsage([FromQuery] UsagePeriod? period, CancellationToken cancellationToken) =>
        await sender.Send(new GetUsageQuery(WorkspaceId, period), cancellationToken);

    /// <summary>List the audit log</summary>
    /// <remarks>Who changed keys and endpoints, when and from which address, newest first.</remarks>
    [HttpGet("audit-log", Name = "list_audit_log")]
    [ProducesResponseType<ListResponse<AuditEntryResponse>>(StatusCodes.Status200OK)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<ListResponse<AuditEntryResponse>>> ListAuditLog(
        [Cursor] string? cursor,
        CancellationToken cancellationToken,
        [FromQuery, Range(1, PageRequest.MaxLimit)] int limit = PageRequest.DefaultLimit) =>
        AnswerPage<AuditEntryResponse>(await sender.Send(new ListAuditLogQuery(WorkspaceId, new(limit, cursor)), cancellationToken));
}
