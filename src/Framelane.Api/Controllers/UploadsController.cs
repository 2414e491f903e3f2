using Framelane.Api.Conventions.Headers;
using Framelane.Api.Conventions.Room;
using Framelane.Api.Wire;
using Framelane.Application.Uploads;
using Framelane.Application.Uploads.Create;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/uploads")]
[Tags("uploads")]
public sealed class UploadsController(ISender sender) : ApiController
{
    /// <summary>Upload a file</summary>
    /// <remarks>
    /// Send the bytes to `upload_url` by PUT, with the same Content-Type: all at once, or in parts with `Content-Range: bytes first-last/total`,
    /// where a total that is not known yet is `*`. A part is answered with 308, whose `Range` header says what is kept, until the file is
    /// complete: 200. An empty PUT with `Content-Range: bytes */total` asks how far it is. A wrong offset, a second writer at a time, and
    /// whatever would change a complete file are a 409. A PUT without Content-Range begins anew. A file has less than 5 GiB.
    /// What goes beyond the bytes that the plan keeps is a 402; what came until then is kept, and goes on once there is room.
    /// </remarks>
    /// <response code="201">Where to send the file, and what it is named by.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost(Name = "create_upload")]
    [NeedsRoom]
    [NoStore]
    [ProducesResponseType<UploadResponse>(StatusCodes.Status201Created)]
    [ProducesResponseType<UploadResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status402PaymentRequired)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<UploadResponse>> Create(CreateUploadRequest request, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new CreateUploadCommand(WorkspaceId, request), cancellationToken), StatusCodes.Status201Created);
}
