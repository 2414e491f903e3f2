using System.ComponentModel.DataAnnotations;
using Framelane.Api.Conventions.Headers;
using Framelane.Api.Conventions.Idempotency;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Wire;
using Framelane.Application.Common;
using Framelane.Application.Webhooks;
using Framelane.Application.Webhooks.Create;
using Framelane.Application.Webhooks.Delete;
using Framelane.Application.Webhooks.Get;
using Framelane.Application.Webhooks.List;
using Framelane.Application.Webhooks.RotateSecret;
using Framelane.Application.Webhooks.Update;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Framelane.Api.Controllers;

[Route("v1/webhooks")]
[Tags("webhooks")]
public sealed class WebhooksController(ISender sender) : ApiController
{
    /// <summary>Create a webhook</summary>
    /// <remarks>
    /// The answer holds the workspace's current signing secret, never a new one. With an <c>Idempotency-Key</c>, a repeat answers 200
    /// and creates nothing.
    /// </remarks>
    /// <response code="201">The webhook and the workspace's signing secret.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost(Name = "create_webhook")]
    [FoundAt("/v1/webhooks")]
    [NoStore]
    [ProducesResponseType<WebhookCreatedResponse>(StatusCodes.Status201Created)]
    [ProducesResponseType<WebhookCreatedResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<WebhookCreatedResponse>> Create(CreateWebhookRequest request, CancellationToken cancellationToken) =>
        AnswerMade(await sender.Send(new CreateWebhookCommand(Actor, request), cancellationToken), webhook => webhook.Id, StatusCodes.Status201Created);

    /// <summary>List webhooks</summary>
    [HttpGet(Name = "list_webhooks")]
    [ProducesResponseType<ListResponse<WebhookResponse>>(StatusCodes.Status200OK)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<ListResponse<WebhookResponse>>> List(
        [Cursor] string? cursor,
        CancellationToken cancellationToken,
        [FromQuery, Range(1, PageRequest.MaxLimit)] int limit = PageRequest.DefaultLimit) =>
        AnswerPage<WebhookResponse>(await sender.Send(new ListWebhooksQuery(WorkspaceId, new(limit, cursor)), cancellationToken));

    /// <summary>Get a webhook</summary>
    [HttpGet("{webhook_id}", Name = "get_webhook")]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    public async Task<ActionResult<WebhookResponse>> Get([FromRoute(Name = "webhook_id")] string webhookId, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new GetWebhookQuery(WorkspaceId, webhookId), cancellationToken));

    /// <summary>Change a webhook</summary>
    /// <remarks>What is left out stays as it is. Enabling also clears the count of failures.</remarks>
    [HttpPatch("{webhook_id}", Name = "update_webhook")]
    [ProducesResponseType<WebhookResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<WebhookResponse>> Update(
        [FromRoute(Name = "webhook_id")] string webhookId,
        UpdateWebhookRequest request,
        CancellationToken cancellationToken) =>
        Answer(await sender.Send(new UpdateWebhookCommand(Actor, webhookId, request), cancellationToken));

    /// <summary>Delete a webhook</summary>
    /// <remarks>Its pending deliveries are cancelled. No attempt at it starts after the answer.</remarks>
    /// <response code="204">It is gone.</response>
    [HttpDelete("{webhook_id}", Name = "delete_webhook")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    public async Task<ActionResult> Delete([FromRoute(Name = "webhook_id")] string webhookId, CancellationToken cancellationToken) =>
        AnswerNothing(await sender.Send(new DeleteWebhookCommand(Actor, webhookId), cancellationToken));

    /// <summary>Rotate signing secret</summary>
    /// <remarks>
    /// Replaces the signing secret of the whole workspace, whichever of its webhooks is named. Once this has answered, no delivery
    /// attempt starts that is signed with the old secret alone; with a grace period, the old one signs beside the new one that long.
    /// </remarks>
    /// <response code="200">Successful Response</response>
    /// <response code="401">Missing or invalid API key.</response>
    /// <response code="404">Webhook not found.</response>
    /// <response code="422">Validation Error</response>
    [HttpPost("{webhook_id}/rotate-secret", Name = "rotate_secret")]
    [NoStore]
    [ProducesResponseType<WebhookRotateResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<WebhookRotateResponse>> RotateSecret(
        [FromRoute(Name = "webhook_id")] string webhookId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] RotateWebhookSecretRequest? request,
        CancellationToken cancellationToken) =>
        Answer(await sender.Send(new RotateWebhookSecretCommand(Actor, webhookId, request ?? new()), cancellationToken));
}
