using Framelane.Application.Workspaces.GetUsage;
using Framelane.Domain.Usage;
using Moq;

namespace Framelane.Application.Tests.Workspaces;

public sealed class GetUsageTests
{
    readonly Application app = new();

    [TestCase(null, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    [TestCase(UsagePeriod.Week, "2026-02-22T12:00:00Z", "2026-03-01T12:00:00Z")]
    [TestCase(UsagePeriod.Month, "2026-01-30T12:00:00Z", "2026-03-01T12:00:00Z")]
    [TestCase(UsagePeriod.Quarter, "2025-12-01T12:00:00Z", "2026-03-01T12:00:00Z")]
    public async Task A_period_is_the_calendar_month_or_the_days_up_to_now(UsagePeriod? period, DateTimeOffset from, DateTimeOffset until)
    {
        app.Ledger.Setup(port => port.SumAsync(app.Workspace.Id, from, until, It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Dictionary<UsageKind, long> { [UsageKind.Render] = 90_000, [UsageKind.Task] = 3, [UsageKind.Egress] = 5L << 40 });
        Assert.That(
            await app.Send(new GetUsageQuery(app.Workspace.Id, period)),
            Is.EqualTo(new UsageResponse { PeriodStart = from, PeriodEnd = until, RenderMinutes = 1.5, TaskCount = 3, EgressBytes = 5L << 40 }));
    }

    [Test]
    public async Task The_last_instant_of_a_year_is_of_its_december()
    {
        app.Clock.SetUtcNow(new(2026, 12, 31, 23, 59, 59, TimeSpan.Zero));
        app.Ledger.Setup(port => port.SumAsync(app.Workspace.Id, new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new Dictionary<UsageKind, long>());
        var usage = await app.Send(new GetUsageQuery(app.Workspace.Id, null));
        Assert.That((usage.RenderMinutes, usage.TaskCount, usage.EgressBytes), Is.EqualTo((0.0, 0L, 0L)));
    }
}
