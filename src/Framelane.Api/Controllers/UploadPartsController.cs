using System.Globalization;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Queries;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Api.Wire;
using Framelane.Application.Uploads.Send;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

/// <summary>Takes the bytes of uploads at signed URLs. Clients are given them whole, so the document does not show the route.</summary>
[Route("uploads")]
[AllowAnonymous]
[Unmetered]
[ApiController]
[ApiExplorerSettings(IgnoreApi = true)]
public sealed class UploadPartsController(ISender sender) : ControllerBase
{
    /// <remarks>What a body may be here, the use case sees to.</remarks>
    [HttpPut("{upload_id}")]
    [DisableRequestSizeLimit]
    public async Task<ActionResult> Send([FromRoute(Name = "upload_id")] string uploadId, CancellationToken cancellationToken)
    {
        var result = await sender.Send(
            new SendPartCommand(
                uploadId,
                Request.Query.One("expires"),
                Request.Query.One("signature"),
                Request.ContentType,
                Request.Headers.ContentRange.Count == 0 ? null : Request.Headers.ContentRange.ToString(),
                Request.ContentLength,
                Request.Body),
            cancellationToken);
        if (!result.IsSuccess)
            return new ErrorResult(result.Error);
        var progress = result.Value;
        if (progress.IsComplete)
            return Ok(new UploadedResponse(progress.SourceUrl, progress.Received));
        if (progress.Received > 0)
            Response.Headers.Range = string.Create(CultureInfo.InvariantCulture, $"bytes=0-{progress.Received - 1}");
        return StatusCode(StatusCodes.Status308PermanentRedirect);
    }
}
