using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Usage;

public sealed class UsageEntryTests
{
    static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    static readonly WorkspaceId Workspace = WorkspaceId.New(Start);

    [TestCase(90.0, 90_000L)]
    [TestCase(0.0333, 33L)]
    [TestCase(3600.0, 3_600_000L)]
    public void A_render_counts_by_the_length_of_what_it_made(double seconds, long milliseconds)
    {
        var job = Completed(JobKind.Render, seconds);
        var entry = UsageEntry.OfCompleted(job)!;
        Assert.That((entry.Kind, entry.Quantity, entry.JobId, entry.WorkspaceId, entry.At), Is.EqualTo((UsageKind.Render, milliseconds, (JobId?)job.Id, Workspace, Start.AddSeconds(9))));
    }

    [Test]
    public void A_still_picture_has_no_length_and_counts_nothing() => Assert.That(UsageEntry.OfCompleted(Completed(JobKind.Render, null)), Is.Null);

    [TestCase(null)]
    [TestCase(20.0)]
    public void A_task_counts_as_one(double? seconds)
    {
        var entry = UsageEntry.OfCompleted(Completed(JobKind.Task, seconds))!;
        Assert.That((entry.Kind, entry.Quantity), Is.EqualTo((UsageKind.Task, 1L)));
    }

    [Test]
    public void Only_what_is_completed_counts()
    {
        var job = Submit(JobKind.Render);
        Assert.That(() => UsageEntry.OfCompleted(job), Throws.ArgumentException);
        job.Claim(TimeSpan.FromSeconds(30), Start);
        Assert.That(() => UsageEntry.OfCompleted(job), Throws.ArgumentException);
        job.Cancel(Start);
        Assert.That(() => UsageEntry.OfCompleted(job), Throws.ArgumentException);
    }

    [Test]
    public void Egress_counts_in_bytes_belongs_to_no_job_and_is_of_the_hour()
    {
        var entry = UsageEntry.OfEgress(Workspace, 5L << 30, Start.AddMinutes(59).AddTicks(1))!;
        Assert.That((entry.Kind, entry.Quantity, entry.JobId, entry.At), Is.EqualTo((UsageKind.Egress, 5L << 30, (JobId?)null, Start)));
        Assert.That(UsageEntry.OfEgress(Workspace, 0, Start), Is.Null);
    }

    static Job Completed(JobKind kind, double? seconds)
    {
        var job = Submit(kind);
        job.Claim(TimeSpan.FromSeconds(30), Start);
        job.Complete(new("key", "a", "video/mp4", 64, 32, seconds, 1000), [], Start.AddSeconds(9));
        return job;
    }

    static Job Submit(JobKind kind) => Job.Submit(
        JobId.New(kind, Start), kind, kind == JobKind.Task ? TaskType.Transcribe : null, Workspace, new Dictionary<string, string>(), null, [], ingests: false, Start);
}
