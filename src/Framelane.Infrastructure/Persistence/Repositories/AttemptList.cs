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

    /// <summary>Rows of a table that are looked through at a time for those that are asked for.</summary>
    internal int Stretch { get; init; } = 10_000;

    /// <summary>So often for one page at most. What it has found by then is the page, and its cursor goes on from there.</summary>
    internal int Stretches { get; init; } = 10;

    /// <summary>By what no index knows: among millions there may be few.</summary>
    bool IsSearch => filter is { Status: not null } or { EventType: not null } or { JobId: not null };

    public async Task<Page<AttemptResponse>> ReadAsync(PageRequest page, CancellationToken cancellationToken)
    {
        AttemptId? after = page.After is null ? null : AttemptId.FromStored(page.After);
        if (!IsSearch)
            return Paging.ToPage(await RowsAsync(after, null, page.Limit + 1, cancellationToken), page, attempt => attempt.Id);

        List<AttemptResponse> found = [];
        for (var i = 0; i < Stretches; i++)
        {
            var end = await FindEndAsync(after, cancellationToken);
            found.AddRange(await RowsAsync(after, end, page.Limit + 1 - found.Count, cancellationToken));
            if (end is null || found.Count > page.Limit)
                return Paging.ToPage(found, page, attempt => attempt.Id);
            after = end;
        }

        return new(found, after!.Value.Value);
    }

    /// <returns>The last row of the next stretch; null where the list ends within it.</returns>
    async Task<AttemptId?> FindEndAsync(AttemptId? after, CancellationToken cancellationToken)
    {
        var all = new AttemptList(db, workspaceId, new() { WebhookId = filter.WebhookId });
        var open = await all.Open(after).Select(delivery => (AttemptId?)delivery.AttemptId).Skip(Stretch - 1).FirstOrDefaultAsync(cancellationToken);
        var made = await all.Made(after).Select(attempt => (AttemptId?)attempt.Id).Skip(Stretch - 1).FirstOrDefaultAsync(cancellationToken);
        return open is { } one && made is { } other ? (one > other ? one : other) : open ?? made;
    }

    async Task<List<AttemptResponse>> RowsAsync(AttemptId? after, AttemptId? end, int count, CancellationToken cancellationToken)
    {
        List<AttemptResponse> open = filter.Status is null or AttemptStatus.Pending or AttemptStatus.DeadLettered
            ? (await Open(after, end).Take(count).ToListAsync(cancellationToken)).ConvertAll(OfOpen)
            : [];
        List<AttemptResponse> made = filter.Status is AttemptStatus.Pending
            ? []
            : (await Made(after, end).Take(count).ToListAsync(cancellationToken)).ConvertAll(OfMade);
        return
        [
            .. made.Concat(open).DistinctBy(attempt => attempt.Id).OrderByDescending(attempt => attempt.Id, StringComparer.Ordinal),
        ];
    }

    /// <param name="after">The newest are those behind it.</param>
    /// <param name="end">The last one that is looked at.</param>
    /// <remarks>Both states are named whatever is asked for: the index of the open ones serves only queries that say the same.</remarks>
    internal IQueryable<Delivery> Open(AttemptId? after, AttemptId? end = null)
    {
        var rows = db.Deliveries.AsNoTracking()
            .Where(delivery => delivery.WorkspaceId == workspaceId)
            .Where(delivery => delivery.State == DeliveryState.Pending || delivery.State == DeliveryState.EndpointDisabled);
        if (end is { } least)
            rows = rows.Where(delivery => !(delivery.AttemptId < least));
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

    internal IQueryable<DeliveryAttempt> Made(AttemptId? after, AttemptId? end = null)
    {
        var rows = db.Attempts.AsNoTracking().Where(attempt => attempt.WorkspaceId == workspaceId);
        if (end is { } least)
            rows = rows.Where(attempt => !(attempt.Id < least));
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
