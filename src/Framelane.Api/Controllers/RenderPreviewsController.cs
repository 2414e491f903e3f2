using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Api.Conventions.Room;
using Framelane.Api.Conventions.Validation;
using Framelane.Api.Wire;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Create;
using Framelane.Application.Renders.Preview;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Renders.Validate;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

/// <summary>What is to be known of a render before it is made. Both take the body that makes it.</summary>
[Route("v1/renders")]
[Tags("renders")]
public sealed class RenderPreviewsController(ISender sender) : ApiController
{
    /// <summary>How many warnings a picture has.</summary>
    internal const string WarningsHeader = "Framelane-Warnings";

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
    /// Takes the body of `POST /v1/renders`. A frame or a sheet of frames is made at once and answered as a png. A draft is a job, of the scene
    /// made small. A picture changes nothing, so a repeat under the same Idempotency-Key makes it again.
    /// </remarks>
    /// <param name="request">The scene.</param>
    /// <param name="type">`frame`, also where it is left out, or `contact_sheet`, frames at the middles of equal shares of the duration, in reading order. Or `draft`, a small video with at most 15 frames a second.</param>
    /// <param name="at">Seconds, of a frame: left out, the scene's `frame_at`, else the middle.</param>
    /// <param name="maxWidth">Pixels, 16 to 1920: the width at most of a frame (640 where it is left out) or of a sheet's cell (320). Of a draft the longest side (480). Nothing is enlarged, and no picture is longer than 4096 pixels.</param>
    /// <param name="columns">Of a sheet, 1 to 8.</param>
    /// <param name="rows">Of a sheet, 1 to 8.</param>
    /// <param name="cancellationToken">Ends the work when the client is gone.</param>
    /// <response code="200">The picture; `Framelane-Warnings` counts its warnings. Of a draft, a repeat under the same Idempotency-Key: the first answer again.</response>
    /// <response code="202">A draft's job.</response>
    /// <response code="422">What `POST /v1/renders` refuses, a source that cannot be used, or an instant that is not within the scene.</response>
    /// <response code="429">Too many requests, or previews of the workspace at once.</response>
    /// <response code="503">No place for another preview at the moment, no room, or no media programs.</response>
    /// <response code="504">The preview took longer than it may.</response>
    [HttpPost("preview", Name = "preview_render")]
    [FoundAt("/v1/renders")]
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
        [FromQuery] PreviewType? type,
        CancellationToken cancellationToken,
        [FromQuery, Range(1, PreviewView.MostColumns)] int columns = PreviewView.UsualColumns,
        [FromQuery, Range(1, PreviewView.MostRows)] int rows = PreviewView.UsualRows)
    {
        var view = new PreviewView(type ?? PreviewType.Frame, at, columns, rows, maxWidth);
        if (type == PreviewType.Draft)
        {
            var scene = PreviewScenes.Draft(request, view);
            if (!scene.IsSuccess)
                return new ErrorResult(scene.Error);
            var draft = await sender.Send(new CreateRenderCommand(Actor, scene.Value, IsDraft: true), cancellationToken);
            return AnswerMade(draft, job => job.Id, StatusCodes.Status202Accepted).Result!;
        }

        var picture = await sender.Send(new PreviewRenderQuery(WorkspaceId, request, view), cancellationToken);
        if (!picture.IsSuccess)
            return new ErrorResult(picture.Error);
        Response.Headers.CacheControl = "no-store";
        Response.Headers[WarningsHeader] = picture.Value.Warnings.Count.ToString(CultureInfo.InvariantCulture);
        return File(picture.Value.Png, "image/png");
    }
}
