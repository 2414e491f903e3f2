using Framelane.Application.Abstractions;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Workspaces.GetUsage;

/// <param name="Period">Null for the calendar month, by which plans count (contract/api.md).</param>
public sealed record GetUsageQuery(WorkspaceId WorkspaceId, UsagePeriod? Period) : IRequest<UsageResponse>;

sealed class GetUsageHandler(IUsageLedger ledger, TimeProvider time) : IRequestHandler<GetUsageQuery, UsageResponse>
{
    public async Task<UsageResponse> Handle(GetUsageQuery query, CancellationToken cancellationToken)
    {
        var (from, until) = Bounds(query.Period, time.GetUtcNow());
        var used = await ledger.SumAsync(query.WorkspaceId, from, until, cancellationToken);
        return new()
        {
            PeriodStart = from,
            PeriodEnd = until,
            RenderMinutes = RenderMinute.FromMilliseconds(used.GetValueOrDefault(UsageKind.Render)),
            TaskCount = used.GetValueOrDefault(UsageKind.Task),
            EgressBytes = used.GetValueOrDefault(UsageKind.Egress),
        };
    }

    static (DateTimeOffset From, DateTimeOffset Until) Bounds(UsagePeriod? period, DateTimeOffset now)
    {
        if (period is { } days)
            return (now - DaysOf(days), now);
        var month = CalendarMonth.Of(now);
        return (month.Start, month.End);
    }

    static TimeSpan DaysOf(UsagePeriod period) => TimeSpan.FromDays(period switch
    {
        UsagePeriod.Week => 7,
        UsagePeriod.Month => 30,
        UsagePeriod.Quarter => 90,
        _ => throw new ArgumentOutOfRangeException(nameof(period), period, null),
    });
}
