using Framelane.Domain.Billing;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Billing;

public sealed class MeterReportTests
{
    static readonly DateTimeOffset Month = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    static readonly WorkspaceId Workspace = WorkspaceId.New(Month);

    [TestCase(0, 0, null)]
    [TestCase(600_000, 0, null, Description = "All are included.")]
    [TestCase(659_999, 0, null, Description = "The first beyond is not full.")]
    [TestCase(660_000, 0, 1L)]
    [TestCase(779_999, 0, 2L)]
    [TestCase(780_000, 2, 1L, Description = "Two are reported.")]
    [TestCase(780_000, 3, null)]
    [TestCase(600_000, 3, null, Description = "More are included than were, and nothing is taken back.")]
    public void The_next_one_has_the_whole_minutes_beyond_that_no_other_has(long milliseconds, long reported, long? minutes) =>
        Assert.That(Next(milliseconds, reported)?.Minutes, Is.EqualTo(minutes));

    [Test]
    public void It_is_due_at_once_and_has_the_time_of_its_last_render()
    {
        var report = Next(660_000, 0)!;
        Assert.That(
            (report.WorkspaceId, report.Month, report.Plan, report.At, report.MadeAt, report.DueAt, report.ToldAt),
            Is.EqualTo((Workspace, Month, Plan.Pro, Month.AddHours(1), Month.AddHours(2), (DateTimeOffset?)Month.AddHours(2), (DateTimeOffset?)null)));
    }

    static MeterReport? Next(long milliseconds, long reported) =>
        MeterReport.Next(Workspace, Month, Plan.Pro, milliseconds, included: 600_000, reported, at: Month.AddHours(1), now: Month.AddHours(2));
}
