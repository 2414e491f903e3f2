using Framelane.Application.Common;
using Framelane.Application.Deliveries;
using Framelane.Domain.Deliveries;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence.Model;
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
        var open = await OpenAsync(after, page.Limit + 1, cancellationToken);
        var made = await MadeAsync(after, page.Limit + 1, cancellationToken);
        List<AttemptResponse> rows =
        [
            .. made.Concat(open).DistinctBy(attempt => attempt.Id).OrderByDescending(attempt => attempt.Id, StringComparer.Ordinal),
        ];
        return Paging.ToPage(rows, page, attempt => attempt.Id);
    }

    async Task<List<AttemptResponse>> OpenAsync(AttemptId? after, int count, CancellationToken cancellationToken)
    {
        if (filter.Status is not (null or AttemptStatus.Pending or AttemptStatus.DeadLettered))
            return [];
        var rows = db.Deliveries.AsNoTracking();
        rows = filter.WebhookId is { } webhookId
            ? rows.Where(delivery => delivery.WebhookId == webhookId && delivery.WorkspaceId == workspaceId)
            : rows.Where(delivery => delivery.WorkspaceId == workspaceId);
        rows = filter.Status switch
        {
            AttemptStatus.Pending => rows.Where(delivery => delivery.State == DeliveryState.Pending),
            AttemptStatus.DeadLettered => rows.Where(delivery => delivery.State == DeliveryState.EndpointDisabled),
            _ => rows.Where(delivery => delivery.State == DeliveryState.Pending || delivery.State == DeliveryState.EndpointDisabled),
        };
        if (filter.EventType is { } type)
            rows = rows.Where(delivery => delivery.EventType == type);
        if (filter.JobId is { } job)
            rows = rows.Where(delivery => delivery.JobId == job);
        if (after is { } last)
            rows = rows.Where(delivery => KeysetFunctions.IsBefore(delivery.AttemptId, last));
        var deliveries = await rows.OrderByDescending(delivery => delivery.AttemptId).Take(count).ToListAsync(cancellationToken);
        return deliveries.ConvertAll(OfOpen);
    }

    async Task<List<AttemptResponse>> MadeAsync(AttemptId? after, int count, CancellationToken cancellationToken)
    {
        if (filter.Status is AttemptStatus.Pending)
            return [];
        var rows = db.Attempts.AsNoTracking();
        rows = filter.WebhookId is { } webhookId
            ? rows.Where(attempt => attempt.WebhookId == webhookId && attempt.WorkspaceId == workspaceId)
            : rows.Where(attempt => attempt.WorkspaceId == workspaceId);
        if (filter.Status is { } status)
            rows = rows.Where(attempt => attempt.Status == status);
        if (filter.EventType is { } type)
            rows = rows.Where(attempt => attempt.EventType == type);
        if (filter.JobId is { } job)
            rows = rows.Where(attempt => attempt.JobId == job);
        if (after is { } last)
            rows = rows.Where(attempt => KeysetFunctions.IsBefore(attempt.Id, last));
        var attempts = await rows.OrderByDescending(attempt => attempt.Id).Take(count).ToListAsync(cancellationToken);
        return attempts.ConvertAll(OfMade);
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
