using System.ComponentModel.DataAnnotations;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Conventions.Room;
using Framelane.Api.Wire;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Jobs;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/renders")]
[Tags("renders")]
public sealed class RendersController(ISender sender, IHostApplicationLifetime lifetime) : ApiController
{
    /// <summary>Render a scene</summary>
    /// <remarks>The answer is a job. What becomes of it is told by webhooks, and by asking.</remarks>
    /// <response code="202">The job.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost(Name = "create_render")]
    [FoundAt("/v1/renders")]
    [NeedsRoom]
    [ProducesResponseType<JobResponse>(StatusCodes.Status202Accepted)]
    [ProducesResponseType<JobResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status402PaymentRequired)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<JobResponse>> Create(CreateRenderRequest request, CancellationToken cancellationToken) =>
        AnswerMade(await sender.Send(new CreateRenderCommand(Actor, request), cancellationToken), job => job.Id, StatusCodes.Status202Accepted);

    /// <summary>List renders</summary>
    [HttpGet(Name = "list_renders")]
    [ProducesResponseType<ListResponse<JobResponse>>(StatusCodes.Status200OK)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<ListResponse<JobResponse>>> List(
        [FromQuery] JobStatus? status,
        [Cursor] string? cursor,
        CancellationToken cancellationToken,
        [FromQuery, Range(1, PageRequest.MaxLimit)] int limit = PageRequest.DefaultLimit) =>
        AnswerPage<JobResponse>(await sender.Send(new ListJobsQuery(WorkspaceId, new(JobKind.Render, status), new(limit, cursor)), cancellationToken));

    /// <summary>Get a render</summary>
    /// <param name="renderId">Its id.</param>
    /// <param name="wait">Seconds, 1 to 25: holds the answer until the job is terminal or they have passed. A server that stops answers at once, and one that holds 500 answers of the workspace already.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [HttpGet("{render_id}", Name = "get_render")]
    [ProducesResponseType<JobResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<JobResponse>> Get(
        [FromRoute(Name = "render_id")] string renderId,
        [FromQuery, Range(1, 25)] int? wait,
        CancellationToken cancellationToken) => Answer(await sender.Send(
            new GetJobQuery(
                WorkspaceId, JobKind.Render, renderId, wait is { } seconds ? TimeSpan.FromSeconds(seconds) : null, lifetime.ApplicationStopping),
            cancellationToken));

    /// <summary>Cancel a render</summary>
    /// <remarks>Work that runs stops within 2 seconds, and its files go.</remarks>
    /// <response code="200">The cancelled job.</response>
    /// <response code="409">It is completed, failed or cancelled already.</response>
    [HttpDelete("{render_id}", Name = "cancel_render")]
    [ProducesResponseType<JobResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult<JobResponse>> Cancel([FromRoute(Name = "render_id")] string renderId, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new CancelJobCommand(WorkspaceId, JobKind.Render, renderId), cancellationToken));

    /// <summary>Download a render's output</summary>
    /// <response code="302">To a signed URL, which needs no key and lives 15 minutes.</response>
    /// <response code="404">Render not found, or its output is no longer kept.</response>
    /// <response code="409">The job is not completed.</response>
    [HttpGet("{render_id}/download", Name = "download_render")]
    [ProducesResponseType(StatusCodes.Status302Found)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult> Download([FromRoute(Name = "render_id")] string renderId, CancellationToken cancellationToken)
    {
        var result = await sender.Send(new DownloadJobCommand(WorkspaceId, JobKind.Render, renderId), cancellationToken);
        return result.IsSuccess ? Redirect(result.Value.AbsoluteUri) : new ErrorResult(result.Error);
    }
}
