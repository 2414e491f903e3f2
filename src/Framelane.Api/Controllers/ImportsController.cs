using Framelane.Api.Conventions.Idempotency;
using Framelane.Api.Conventions.Room;
using Framelane.Api.Wire;
using Framelane.Application.Imports;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/imports")]
[Tags("uploads")]
public sealed class ImportsController(ISender sender) : ApiController
{
    /// <summary>Import a file</summary>
    /// <remarks>A remote file is fetched into storage in the background. Once it is there, webhooks are told by `asset.ready`.</remarks>
    /// <response code="202">The import.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost(Name = "create_import")]
    [FoundAt("/v1/imports")]
    [NeedsRoom]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status202Accepted)]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status402PaymentRequired)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<ImportResponse>> Create(CreateImportRequest request, CancellationToken cancellationToken) =>
        AnswerMade(await sender.Send(new CreateImportCommand(WorkspaceId, request), cancellationToken), import => import.Id, StatusCodes.Status202Accepted);

    /// <summary>Get an import</summary>
    [HttpGet("{import_id}", Name = "get_import")]
    [ProducesResponseType<ImportResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    public async Task<ActionResult<ImportResponse>> Get([FromRoute(Name = "import_id")] string importId, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new GetImportQuery(WorkspaceId, importId), cancellationToken));
}
