using Framelane.Api.Conventions.Errors;
using Framelane.Api.Wire;
using Framelane.Application.Assets.Download;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("files")]
[Tags("uploads")]
public sealed class FilesController(ISender sender) : ApiController
{
    /// <summary>Download a source</summary>
    /// <remarks>What a `source_url` of this installation leads to. Workers read it from storage, and need no address of it.</remarks>
    /// <response code="302">To a signed URL, which needs no key and lives 15 minutes.</response>
    /// <response code="404">File not found.</response>
    /// <response code="409">The file is not there yet, or not yet examined.</response>
    [HttpGet("{workspace_id}/{file}", Name = "download_source")]
    [ProducesResponseType(StatusCodes.Status302Found)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult> Download(
        [FromRoute(Name = "workspace_id")] string workspaceId, [FromRoute(Name = "file")] string file, CancellationToken cancellationToken)
    {
        var result = await sender.Send(new DownloadAssetCommand(WorkspaceId, workspaceId, file), cancellationToken);
        return result.IsSuccess ? Redirect(result.Value.AbsoluteUri) : new ErrorResult(result.Error);
    }
}
