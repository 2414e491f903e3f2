using System.ComponentModel.DataAnnotations;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Wire;
using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Application.Deliveries.List;
using Framelane.Application.Deliveries.Redeliver;
using Framelane.Application.Webhooks.Recover;
using Framelane.Application.Webhooks.Test;
using Framelane.Domain.Deliveries;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

/// <summary>What one webhook received, and what it is to receive again.</summary>
[Route("v1/webhooks/{webhook_id}")]
[Tags("webhooks")]
[ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
public sealed class WebhookDeliveriesController(ISender sender) : ApiController
{
    /// <summary>List a webhook's delivery attempts</summary>
    /// <remarks>
    /// One row an attempt, the scheduled one included, newest first. Attempts are kept 30 days. By status, type or job a hundred thousand are
    /// searched for a page: it may have fewer than `limit`, or none, while `has_more` is true; `next_cursor` goes on from there.
    /// </remarks>
    [HttpGet("deliveries", Name = "list_webhook_deliveries")]
    [ProducesResponseType<ListResponse<AttemptResponse>>(StatusCodes.Status200OK)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<ListResponse<AttemptResponse>>> List(
        [FromRoute(Name = "webhook_id")] string webhookId,
        [FromQuery] AttemptStatus? status,
        [FromQuery(Name = "event_type")] string? eventType,
        [FromQuery(Name = "job_id")] string? jobId,
        [Cursor] string? cursor,
        CancellationToken cancellationToken,
        [FromQuery, Range(1, PageRequest.MaxLimit)] int limit = PageRequest.DefaultLimit) =>
        AnswerPage(await sender.Send(
            new ListDeliveriesQuery(WorkspaceId, webhookId, status, eventType, jobId, new(limit, cursor)),
            cancellationToken));

    /// <summary>Send a test event</summary>
    /// <remarks>Sends a <c>webhook.ping</c> now and answers the attempt. It is never retried and never counts towards disabling.</remarks>
    [HttpPost("test", Name = "test_webhook")]
    [ProducesResponseType<AttemptResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult<AttemptResponse>> Test([FromRoute(Name = "webhook_id")] string webhookId, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new TestWebhookCommand(Actor, webhookId), cancellationToken));

    /// <summary>Redeliver one of a webhook's deliveries</summary>
    /// <remarks>Puts it back at the start of the retry schedule, to today's url, signed with today's secret.</remarks>
    /// <response code="202">It will be attempted.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost("deliveries/{delivery_id}/redeliver", Name = "redeliver_webhook_delivery")]
    [ProducesResponseType<RedeliverResponse>(StatusCodes.Status202Accepted)]
    [ProducesResponseType<RedeliverResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult<RedeliverResponse>> Redeliver(
        [FromRoute(Name = "webhook_id")] string webhookId,
        [FromRoute(Name = "delivery_id")] string deliveryId,
        CancellationToken cancellationToken) =>
        Answer(await sender.Send(new RedeliverCommand(Actor, webhookId, deliveryId), cancellationToken), StatusCodes.Status202Accepted);

    /// <summary>Redeliver everything that did not succeed</summary>
    /// <remarks>Every delivery of the webhook since the given time that did not succeed is put back at the start of the retry schedule.</remarks>
    /// <response code="202">How many deliveries will be attempted.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost("recover", Name = "recover_webhook")]
    [ProducesResponseType<RecoverWebhookResponse>(StatusCodes.Status202Accepted)]
    [ProducesResponseType<RecoverWebhookResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<RecoverWebhookResponse>> Recover(
        [FromRoute(Name = "webhook_id")] string webhookId,
        RecoverWebhookRequest request,
        CancellationToken cancellationToken) =>
        Answer(await sender.Send(new RecoverWebhookCommand(Actor, webhookId, request), cancellationToken), StatusCodes.Status202Accepted);
}
