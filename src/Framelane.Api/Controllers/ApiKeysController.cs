using Framelane.Api.Conventions.Headers;
using Framelane.Api.Wire;
using Framelane.Application.ApiKeys;
using Framelane.Application.ApiKeys.Create;
using Framelane.Application.ApiKeys.List;
using Framelane.Application.ApiKeys.Revoke;
using Framelane.Application.Common;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/api-keys")]
[Tags("api-keys")]
public sealed class ApiKeysController(ISender sender) : ApiController
{
    /// <summary>Create an API key</summary>
    /// <remarks>
    /// The key is shown this once. A workspace keeps at most 1000: the revoked one that was made first gives way to a new one, and where all are live, that is a 409.
    /// </remarks>
    /// <response code="201">The key.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost(Name = "create_api_key")]
    [NoStore]
    [ProducesResponseType<ApiKeyCreatedResponse>(StatusCodes.Status201Created)]
    [ProducesResponseType<ApiKeyCreatedResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<ApiKeyCreatedResponse>> Create(CreateApiKeyRequest request, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new CreateApiKeyCommand(Actor, request), cancellationToken), StatusCodes.Status201Created);

    /// <summary>List API keys</summary>
    /// <remarks>All of them, revoked ones too, newest first and in one page, without the keys themselves.</remarks>
    [HttpGet(Name = "list_api_keys")]
    [ProducesResponseType<ListResponse<ApiKeyResponse>>(StatusCodes.Status200OK)]
    public async Task<ActionResult<ListResponse<ApiKeyResponse>>> List(CancellationToken cancellationToken) =>
        await sender.Send(new ListApiKeysQuery(WorkspaceId), cancellationToken);

    /// <summary>Revoke an API key</summary>
    /// <remarks>Once this has answered, no node accepts the key. Revoking it again changes nothing.</remarks>
    /// <response code="204">The key is revoked.</response>
    [HttpDelete("{key_id}", Name = "revoke_api_key")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    public async Task<ActionResult> Revoke([FromRoute(Name = "key_id")] string keyId, CancellationToken cancellationToken) =>
        AnswerNothing(await sender.Send(new RevokeApiKeyCommand(Actor, keyId), cancellationToken));
}
