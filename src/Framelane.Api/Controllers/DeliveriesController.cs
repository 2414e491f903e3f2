using System.ComponentModel.DataAnnotations;
using Framelane.Api.Conventions.Paging;
using Framelane.Api.Wire;
using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Application.Deliveries.List;
using Framelane.Application.Deliveries.Redeliver;
using Framelane.Domain.Deliveries;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

/// <summary>All deliveries of the workspace, those to the <c>webhook_url</c> of a single job too.</summary>
[Route("v1/deliveries")]
[Tags("webhooks")]
[ProducesResponseType<ErrorResponse>(StatusCodes.Status404NotFound)]
public sealed class DeliveriesController(ISender sender) : ApiController
{
    /// <summary>List the workspace's delivery attempts</summary>
    /// <remarks>
    /// One row an attempt, the scheduled one included, newest first. Attempts are kept 30 days. By status, type or job a hundred thousand are
    /// searched for a page: it may have fewer than `limit`, or none, while `has_more` is true; `next_cursor` goes on from there.
    /// </remarks>
    [HttpGet(Name = "list_deliveries")]
    [ProducesResponseType<ListResponse<AttemptResponse>>(StatusCodes.Status200OK)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<ListResponse<AttemptResponse>>> List(
        [FromQuery(Name = "webhook_id")] string? webhookId,
        [FromQuery] AttemptStatus? status,
        [FromQuery(Name = "event_type")] string? eventType,
        [FromQuery(Name = "job_id")] string? jobId,
        [Cursor] string? cursor,
        CancellationToken cancellationToken,
        [FromQuery, Range(1, PageRequest.MaxLimit)] int limit = PageRequest.DefaultLimit) =>
        AnswerPage(await sender.Send(
            new ListDeliveriesQuery(WorkspaceId, webhookId, status, eventType, jobId, new(limit, cursor)),
            cancellationToken));

    /// <summary>Redeliver a delivery</summary>
    /// <remarks>Puts it back at the start of the retry schedule, to today's url, signed with today's secret.</remarks>
    /// <response code="202">It will be attempted.</response>
    /// <response code="200">A repeat under the same Idempotency-Key: the first answer again.</response>
    [HttpPost("{delivery_id}/redeliver", Name = "redeliver_delivery")]
    [ProducesResponseType<RedeliverResponse>(StatusCodes.Status202Accepted)]
    [ProducesResponseType<RedeliverResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult<RedeliverResponse>> Redeliver(
        [FromRoute(Name = "delivery_id")] string deliveryId,
        CancellationToken cancellationToken) =>
        Answer(await sender.Send(new RedeliverCommand(Actor, null, deliveryId), cancellationToken), StatusCodes.Status202Accepted);
}
