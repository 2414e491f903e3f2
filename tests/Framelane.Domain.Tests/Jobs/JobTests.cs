using CsCheck;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Tests.Jobs;

public sealed class JobTests
{
    static readonly DateTimeOffset Start = new(2025, 1, 31, 12, 0, 0, TimeSpan.Zero);

    static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    static readonly JobOutput Output = new("k", "video.mp4", "video/mp4", 1280, 720, 10, 1000);

    static readonly JobError Error = new("invalid_source", "The source is no video.");

    [Test]
    public void A_job_waits_is_processed_and_completes()
    {
        var job = Submit();
        Assert.That(job.Status, Is.EqualTo(JobStatus.Queued));
        Assert.That(job.Claim(Lease, Start), Is.True);
        Assert.That((job.Status, job.ClaimableAt, job.Runs), Is.EqualTo((JobStatus.Processing, Start + Lease, 1)));
        job.Complete(Output, ["odd"], Start.AddSeconds(9));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(job.Status, Is.EqualTo(JobStatus.Completed));
            Assert.That(job.ProgressPercent, Is.EqualTo(100));
            Assert.That(job.ProgressStage, Is.Null);
            Assert.That(job.CompletedAt, Is.EqualTo(Start.AddSeconds(9)));
            Assert.That(job.Warnings, Is.EqualTo(new[] { "odd" }));
        }
    }

    [Test]
    public void What_was_warned_of_already_is_not_told_twice()
    {
        var job = Job.Submit(JobId.New(JobKind.Render, Start), JobKind.Render, null, WorkspaceId.New(Start), new Dictionary<string, string>(), null, ["odd"], ingests: false, Start);
        job.Claim(Lease, Start);
        job.Complete(Output, ["odd", "slow"], Start, "00ff");
        Assert.That(job.Warnings, Is.EqualTo(new[] { "odd", "slow" }));
        Assert.That(job.ContentKey, Is.EqualTo("00ff"));
    }

    [Test]
    public void One_that_copies_its_sources_first_is_ingesting_until_they_are_there()
    {
        var job = Submit(ingests: true);
        Assert.That(job.Claim(Lease, Start), Is.False, "nobody is told of processing");
        Assert.That(job.Status, Is.EqualTo(JobStatus.Ingesting));
        job.Ingested(Start);
        Assert.That((job.Status, job.ClaimableAt), Is.EqualTo((JobStatus.Queued, Start)));
        Assert.That(job.Claim(Lease, Start), Is.True);
    }

    [Test]
    public void A_job_whose_worker_died_is_taken_up_after_the_lease_and_its_owner_is_not_told_again()
    {
        var job = Submit();
        job.Claim(Lease, Start);
        var fence = job.Fence;
        Assert.That(() => job.Claim(Lease, Start + Lease - TimeSpan.FromTicks(1)), Throws.InvalidOperationException);
        Assert.That(job.Claim(Lease, Start + Lease), Is.False);
        Assert.That((job.IsHeld(fence), job.IsHeld(job.Fence), job.Runs), Is.EqualTo((false, true, 2)));
    }

    [Test]
    public void What_runs_may_have_left_is_looked_for_of_those_alone_that_had_one_which_did_not_end_with_the_job()
    {
        var (untouched, simple, again, cancelled, failed) = (Submit(), Submit(), Submit(), Submit(), Submit());
        untouched.Cancel(Start);
        simple.Claim(Lease, Start);
        simple.Complete(Output, [], Start);
        again.Claim(Lease, Start);
        again.Claim(Lease, Start + Lease);
        again.Complete(Output, [], Start);
        cancelled.Claim(Lease, Start);
        cancelled.Cancel(Start.AddSeconds(3));
        failed.Claim(Lease, Start);
        failed.Fail(Error, Start);
        Assert.That(
            new[] { untouched, simple, again, cancelled, failed }.Select(job => job.LeftoversSince),
            Is.EqualTo(new DateTimeOffset?[] { null, null, Start, Start.AddSeconds(3), Start }));
        failed.ForgetLeftovers();
        Assert.That(failed.LeftoversSince, Is.Null);
    }

    [Test]
    public void One_that_is_handed_back_can_be_taken_up_at_once_and_the_run_does_not_count()
    {
        var job = Submit();
        job.Claim(Lease, Start);
        var fence = job.Fence;
        job.HandBack(Start);
        Assert.That((job.ClaimableAt, job.Runs, job.IsHeld(fence)), Is.EqualTo((Start, 0, false)));
    }

    [Test]
    public void Progress_is_told_once_a_step_and_once_a_second()
    {
        var job = Submit();
        job.Claim(Lease, Start);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(job.Progress(JobStage.Compositing, 9, Start), Is.False);
            Assert.That(job.Progress(JobStage.Compositing, 11, Start), Is.True);
            Assert.That(job.Progress(JobStage.Compositing, 19, Start.AddSeconds(5)), Is.False, "the same step");
            Assert.That(job.Progress(JobStage.Compositing, 20, Start.AddSeconds(5)), Is.True);
            Assert.That(job.Progress(JobStage.Compositing, 40, Start.AddSeconds(5.9)), Is.False, "within the second");
            Assert.That(job.Progress(JobStage.Encoding, 40, Start.AddSeconds(6)), Is.True);
            Assert.That(job.Progress(JobStage.Encoding, 5, Start.AddSeconds(9)), Is.False, "begun anew by another worker");
            Assert.That(job.ProgressPercent, Is.EqualTo(40));
        }
    }

    [Test]
    public void A_cancelled_job_is_nobodys()
    {
        var job = Submit();
        job.Claim(Lease, Start);
        var fence = job.Fence;
        Assert.That(job.Cancel(Start), Is.True);
        Assert.That((job.Status, job.IsHeld(fence), job.IsHeld(job.Fence)), Is.EqualTo((JobStatus.Cancelled, false, false)));
    }

    [Test]
    public void A_terminal_job_stays_what_it_is_whatever_is_asked_of_it() => Gen.Int[0, 2].Select(Gen.Int[0, 6].Array[1, 8]).Sample((end, asked) =>
    {
        var job = Submit();
        job.Claim(Lease, Start);
        Action[] ends = [() => job.Complete(Output, [], Start), () => job.Fail(Error, Start), () => job.Cancel(Start)];
        ends[end]();
        var (status, completedAt, output, error) = (job.Status, job.CompletedAt, job.Output, job.Error);
        var later = Start.AddHours(1);
        Action[] all =
        [
            () => job.Complete(Output, [], later), () => job.Fail(Error, later), () => job.Cancel(later), () => job.Claim(Lease, later),
            () => job.Progress(JobStage.Encoding, 50, later), () => job.Ingested(later), () => job.HandBack(later),
        ];
        foreach (var each in asked)
        {
            try
            {
                all[each]();
            }
            catch (InvalidOperationException)
            {
                // Refused, which is as good as ignored.
            }
        }

        return (job.Status, job.CompletedAt, job.Output, job.Error) == (status, completedAt, output, error);
    });

    [Test]
    public void A_render_has_no_task_type_and_a_task_has_one()
    {
        Assert.That(() => Submit(taskType: TaskType.Transcribe), Throws.ArgumentException);
        Assert.That(
            () => Job.Submit(JobId.New(JobKind.Task, Start), JobKind.Task, null, WorkspaceId.New(Start), new Dictionary<string, string>(), null, [], false, Start),
            Throws.ArgumentException);
    }

    [TestCase(JobKind.Render, "render_01J8QR2K5VKDGN2T4FBM3CZYX7", true)]
    [TestCase(JobKind.Task, "render_01J8QR2K5VKDGN2T4FBM3CZYX7", false)]
    [TestCase(JobKind.Task, "task_01J8QR2K5VKDGN2T4FBM3CZYX7", true)]
    [TestCase(JobKind.Render, "render_01j8qr2k5vkdgn2t4fbm3czyx7", false)]
    [TestCase(JobKind.Render, null, false)]
    public void An_id_is_of_its_kind(JobKind kind, string? text, bool isOne) =>
        Assert.That(JobId.TryParse(kind, text)?.Value, Is.EqualTo(isOne ? text : null));

    static Job Submit(bool ingests = false, TaskType? taskType = null) => Job.Submit(
        JobId.New(JobKind.Render, Start), JobKind.Render, taskType, WorkspaceId.New(Start), new Dictionary<string, string>(), null, [], ingests, Start);
}
