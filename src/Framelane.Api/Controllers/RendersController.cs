using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Conventions.Room;
using Framelane.Api.Conventions.Validation;
using Framelane.Api.Wire;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Preview;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Renders.Validate;
using Framelane.Domain.Jobs;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/renders")]
[Tags("renders")]
public sealed class RendersController(ISender sender) : ApiController
{
    /// <summary>How many warnings a picture has.</summary>
    const string WarningsHeader = "Framelane-Warnings";

    /// <summary>Render a scene</summary>
    /// <remarks>The answer is a job. What becomes of it is told by webhooks, and by asking.</remarks>
    /// <response code="202">The job.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost(Name = "create_render")]
    [NeedsRoom]
    [ProducesResponseType<JobResponse>(StatusCodes.Status202Accepted)]
    [ProducesResponseType<JobResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status402PaymentRequired)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
    public Task<ActionResult<JobResponse>> Create(CreateRenderRequest request, CancellationToken cancellationToken) =>
        CreateAsync(new(Actor, request), cancellationToken);

    /// <summary>Validate a scene</summary>
    /// <remarks>
    /// Takes the body of `POST /v1/renders` and tells what that would say of it. Nothing is made, kept or fetched: of sources it knows what is
    /// known of the workspace's own, and where the duration follows from another one the estimate leaves it out, with a warning. It changes
    /// nothing, so a repeat under the same Idempotency-Key is simply done again.
    /// </remarks>
    /// <response code="200">Valid or not: what `POST /v1/renders` answers with 422 is `valid: false` here, with the same faults.</response>
    [HttpPost("validate", Name = "validate_render")]
    [AnswersFaults]
    [ProducesResponseType<RenderValidation>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult<RenderValidation>> Validate(CreateRenderRequest request, CancellationToken cancellationToken)
    {
        var faults = HttpContext.RequestFaults();
        return faults.Any
            ? RenderValidation.Invalid(FaultView.Of(faults.All))
            : RenderValidation.Of(await sender.Send(new ForecastRenderQuery(WorkspaceId, request), cancellationToken));
    }

    /// <summary>Preview a scene</summary>
    /// <remarks>
    /// Takes the body of `POST /v1/renders`. A frame or a sheet of frames is made at once and answered as a png; a draft is a job, of the scene
    /// made small. A picture changes nothing, so a repeat under the same Idempotency-Key makes it again.
    /// </remarks>
    /// <param name="request">The scene.</param>
    /// <param name="type">`frame`; `contact_sheet`, frames at the middles of equal shares of the duration, in reading order; or `draft`, a small video with at most 15 frames a second.</param>
    /// <param name="at">Seconds, of a frame: left out, the scene's `frame_at`, else the middle.</param>
    /// <param name="maxWidth">Pixels, 16 to 1920: the width at most of a frame (640 where it is left out) or of a sheet's cell (320), or a draft's longest side (480). Nothing is enlarged, and no picture is longer than 4096 pixels.</param>
    /// <param name="columns">Of a sheet, 1 to 8.</param>
    /// <param name="rows">Of a sheet, 1 to 8.</param>
    /// <param name="cancellationToken">Ends the work when the client is gone.</param>
    /// <response code="200">The picture; `Framelane-Warnings` counts its warnings. Of a draft, a repeat under the same Idempotency-Key: the first answer again.</response>
    /// <response code="202">A draft's job.</response>
    /// <response code="422">What `POST /v1/renders` refuses, a source that cannot be used, or an instant that is not within the scene.</response>
    /// <response code="429">Too many requests, or previews of the workspace at once.</response>
    /// <response code="503">No place for another preview at the moment, or no room.</response>
    /// <response code="504">The preview took longer than it may.</response>
    [HttpPost("preview", Name = "preview_render")]
    [NeedsRoom]
    [ProducesResponseType(typeof(FileContentResult), StatusCodes.Status200OK, "image/png")]
    [ProducesResponseType<JobResponse>(StatusCodes.Status202Accepted)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status402PaymentRequired)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status504GatewayTimeout)]
    public async Task<ActionResult> Preview(
        CreateRenderRequest request,
        [FromQuery, Range(0.0, double.MaxValue)] double? at,
        [FromQuery(Name = "max_width"), Range(PreviewView.LeastWidth, PreviewView.MostWidth)] int? maxWidth,
        CancellationToken cancellationToken,
        [FromQuery] PreviewType type = PreviewType.Frame,
        [FromQuery, Range(1, PreviewView.MostColumns)] int columns = PreviewView.UsualColumns,
        [FromQuery, Range(1, PreviewView.MostRows)] int rows = PreviewView.UsualRows)
    {
        var view = new PreviewView(type, at, columns, rows, maxWidth);
        if (type == PreviewType.Draft)
            return (await CreateAsync(new(Actor, PreviewScenes.Draft(request, view), IsDraft: true), cancellationToken)).Result!;
        var picture = await sender.Send(new PreviewRenderQuery(WorkspaceId, request, view), cancellationToken);
        if (!picture.IsSuccess)
            return new ErrorResult(picture.Error);
        Response.Headers.CacheControl = "no-store";
        Response.Headers[WarningsHeader] = picture.Value.Warnings.Count.ToString(CultureInfo.InvariantCulture);
        return File(picture.Value.Png, "image/png");
    }

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
    /// <param name="wait">Seconds, 1 to 25: holds the answer until the job is terminal or they have passed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    [HttpGet("{render_id}", Name = "get_render")]
    [ProducesResponseType<JobResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<JobResponse>> Get(
        [FromRoute(Name = "render_id")] string renderId,
        [FromQuery, Range(1, 25)] int? wait,
        CancellationToken cancellationToken) => Answer(await sender.Send(
            new GetJobQuery(WorkspaceId, JobKind.Render, renderId, wait is { } seconds ? TimeSpan.FromSeconds(seconds) : null),
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
        var result = await sender.Send(new DownloadJobQuery(WorkspaceId, JobKind.Render, renderId), cancellationToken);
        return result.IsSuccess ? Redirect(result.Value.AbsoluteUri) : new ErrorResult(result.Error);
    }

    async Task<ActionResult<JobResponse>> CreateAsync(CreateRenderCommand command, CancellationToken cancellationToken)
    {
        var result = await sender.Send(command, cancellationToken);
        if (result.IsSuccess)
            Response.Headers.Location = $"/v1/renders/{result.Value.Id}";
        return Answer(result, StatusCodes.Status202Accepted);
    }
}
