using Framelane.Domain.Billing;
using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Billing;

public sealed class MeteredRenderTests
{
    static readonly DateTimeOffset End = new(2026, 3, 31, 23, 59, 59, TimeSpan.Zero);

    static readonly WorkspaceId Workspace = WorkspaceId.New(End);

    [TestCase(0, 3)]
    [TestCase(1, 4)]
    public void It_counts_in_the_month_of_its_completion_on_the_plan_of_then(int secondsLater, int month)
    {
        var used = Completed(90, End.AddSeconds(secondsLater));
        var render = MeteredRender.Of(used, Plan.Pro);
        Assert.That(
            (render.JobId, render.WorkspaceId, render.Month, render.Plan, render.Milliseconds, render.CompletedAt, render.CountedAt),
            Is.EqualTo((used.JobId!.Value, Workspace, new DateTimeOffset(2026, month, 1, 0, 0, 0, TimeSpan.Zero), Plan.Pro, 90_000L, used.At, (DateTimeOffset?)null)));
    }

    [Test]
    public void It_is_counted_once()
    {
        var render = MeteredRender.Of(Completed(90, End), Plan.Pro);
        render.Count(End.AddHours(1));
        render.Count(End.AddHours(2));
        Assert.That(render.CountedAt, Is.EqualTo(End.AddHours(1)));
    }

    [Test]
    public void What_is_no_render_has_no_minutes() =>
        Assert.That(() => MeteredRender.Of(UsageEntry.OfEgress(Workspace, 1, End)!, Plan.Pro), Throws.ArgumentException);

    static UsageEntry Completed(double seconds, DateTimeOffset at)
    {
        var job = Job.Submit(JobId.New(JobKind.Render, at), JobKind.Render, null, Workspace, new Dictionary<string, string>(), null, [], ingests: false, at);
        job.Claim(TimeSpan.FromSeconds(30), at);
        job.Complete(new("key", "a", "video/mp4", 64, 32, seconds, 1000), [], at);
        return UsageEntry.OfCompleted(job)!;
    }
}
