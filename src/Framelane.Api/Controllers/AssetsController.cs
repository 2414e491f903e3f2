using System.ComponentModel.DataAnnotations;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Wire;
using Framelane.Application.Assets;
using Framelane.Application.Assets.Delete;
using Framelane.Application.Assets.List;
using Framelane.Application.Common;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/workspace/assets")]
[Tags("workspace")]
public sealed class AssetsController(ISender sender) : ApiController
{
    /// <summary>List assets</summary>
    /// <remarks>The files that were uploaded, imported or ingested and are ready for use, newest first.</remarks>
    [HttpGet(Name = "list_assets")]
    [ProducesResponseType<ListResponse<AssetResponse>>(StatusCodes.Status200OK)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<ListResponse<AssetResponse>>> List(
        [Cursor] string? cursor,
        CancellationToken cancellationToken,
        [FromQuery, Range(1, PageRequest.MaxLimit)] int limit = PageRequest.DefaultLimit) =>
        AnswerPage<AssetResponse>(await sender.Send(new ListAssetsQuery(WorkspaceId, new(limit, cursor)), cancellationToken));

    /// <summary>Delete an asset</summary>
    /// <response code="204">It is deleted; no job can name it any more.</response>
    /// <response code="409">A job that is not at its end uses it, or it is still being received.</response>
    [HttpDelete("{asset_id}", Name = "delete_asset")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult> Delete([FromRoute(Name = "asset_id")] string assetId, CancellationToken cancellationToken) =>
        AnswerNothing(await sender.Send(new DeleteAssetCommand(Actor, assetId), cancellationToken));
}
