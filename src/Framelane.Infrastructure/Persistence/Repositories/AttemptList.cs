using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Persistence.Repositories;

/// <summary>The attempts of a list, from two tables: those that were made, and the one of each delivery that is open.</summary>
/// <remarks>
/// Each table gives its newest rows by an index of its own, and the pages are merged here. The open ones are read first: an attempt that
/// ends in between is then found twice, not never.
/// </remarks>
sealed class AttemptList(FramelaneDbContext db, WorkspaceId workspaceId, AttemptFilter filter)
{
    const string EndpointDisabled = "endpoint_disabled";

    public async Task<Page<AttemptResponse>> ReadAsync(PageRequest page, CancellationToken cancellationToken)
    {
        AttemptId? after = page.After is null ? null : AttemptId.FromStored(page.After);
        var count = page.Limit + 1;
        List<AttemptResponse> open = filter.Status is null or AttemptStatus.Pending or AttemptStatus.DeadLettered
            ? (await Open(after).Take(count).ToListAsync(cancellationToken)).ConvertAll(OfOpen)
            : [];
        List<AttemptResponse> made = filter.Status is AttemptStatus.Pending
            ? []
            : (await Made(after).Take(count).ToListAsync(cancellationToken)).ConvertAll(OfMade);
        List<AttemptResponse> rows =
        [
            .. made.Concat(open).DistinctBy(attempt => attempt.Id).OrderByDescending(attempt => attempt.Id, StringComparer.Ordinal),
        ];
        return Paging.ToPage(rows, page, attempt => attempt.Id);
    }

    /// <remarks>Both states are named whatever is asked for: the index of the open ones serves only queries that say the same.</remarks>
    internal IQueryable<Delivery> Open(AttemptId? after)
    {
        var rows = db.Deliveries.AsNoTracking()
            .Where(delivery => delivery.WorkspaceId == workspaceId)
            .Where(delivery => delivery.State == DeliveryState.Pending || delivery.State == DeliveryState.EndpointDisabled);
        if (filter.Status is { } status)
        {
            var state = status == AttemptStatus.Pending ? DeliveryState.Pending : DeliveryState.EndpointDisabled;
            rows = rows.Where(delivery => delivery.State == state);
        }

        if (filter.WebhookId is { } webhookId)
            rows = rows.Where(delivery => delivery.WebhookId == webhookId);
        if (filter.EventType is { } type)
            rows = rows.Where(delivery => delivery.EventType == type);
        if (filter.JobId is { } job)
            rows = rows.Where(delivery => delivery.JobId == job);
        if (after is { } last)
            rows = rows.Where(delivery => delivery.AttemptId < last);
        return rows.OrderByDescending(delivery => delivery.AttemptId);
    }

    internal IQueryable<DeliveryAttempt> Made(AttemptId? after)
    {
        var rows = db.Attempts.AsNoTracking().Where(attempt => attempt.WorkspaceId == workspaceId);
        if (filter.WebhookId is { } webhookId)
            rows = rows.Where(attempt => attempt.WebhookId == webhookId);
        if (filter.Status is { } status)
            rows = rows.Where(attempt => attempt.Status == status);
        if (filter.EventType is { } type)
            rows = rows.Where(attempt => attempt.EventType == type);
        if (filter.JobId is { } job)
            rows = rows.Where(attempt => attempt.JobId == job);
        if (after is { } last)
            rows = rows.Where(attempt => attempt.Id < last);
        return rows.OrderByDescending(attempt => attempt.Id);
    }

    static AttemptResponse OfOpen(Delivery delivery)
    {
        var pending = delivery.State == DeliveryState.Pending;
        return new()
        {
            Id = delivery.AttemptId.Value,
            DeliveryId = delivery.Id.Value,
            WebhookId = delivery.WebhookId?.Value,
            EventType = delivery.EventType,
            AttemptNumber = delivery.AttemptNumber,
            Status = pending ? AttemptStatus.Pending : AttemptStatus.DeadLettered,
            CreatedAt = delivery.ScheduledAt,
            JobId = delivery.JobId,
            StatusCode = null,
            ResponseBody = null,
            AttemptedAt = null,
            NextRetryAt = pending ? delivery.NextAttemptAt : null,
            FailureReason = pending ? null : EndpointDisabled,
        };
    }

    static AttemptResponse OfMade(DeliveryAttempt attempt) => new()
    {
        Id = attempt.Id.Value,
        DeliveryId = attempt.DeliveryId.Value,
        WebhookId = attempt.WebhookId?.Value,
        EventType = attempt.EventType,
        AttemptNumber = attempt.AttemptNumber,
        Status = attempt.Status,
        CreatedAt = attempt.CreatedAt,
        JobId = attempt.JobId,
        StatusCode = attempt.StatusCode,
        ResponseBody = attempt.ResponseBody,
        AttemptedAt = attempt.AttemptedAt,
        NextRetryAt = attempt.NextRetryAt,
        FailureReason = attempt.FailureReason,
    };
}
