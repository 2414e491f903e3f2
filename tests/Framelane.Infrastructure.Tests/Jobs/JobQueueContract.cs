using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>What workers can rely on, on every database.</summary>
[EveryDatabase]
public sealed class JobQueueContract<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly TimeSpan Lease = new MediaOptions().JobLease;

    static readonly JobResult Result = new(new("key", "video.mp4", "video/mp4", 1280, 720, 10, 1000), ["odd"]);

    [Test]
    public async Task A_claimed_job_is_processed_and_nobody_elses()
    {
        var id = await SubmitAsync();
        await using var host = NewJobHost();
        var claimed = await ClaimOneAsync(host);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(claimed.Id, Is.EqualTo(id));
            Assert.That(claimed.Status, Is.EqualTo(JobStatus.Processing));
            Assert.That(claimed.Request, Is.EqualTo("{}"u8.ToArray()));
            Assert.That(await host.Get<JobQueue>().ClaimAsync(10, CancellationToken.None), Is.Empty);
            Assert.That(await EventsAsync(id), Is.EqualTo(new[] { "1 render.processing processing" }));
        }
    }

    [Test]
    public async Task The_oldest_are_claimed_first_and_no_more_than_were_asked_for()
    {
        var ids = new[] { await SubmitAsync(), await SubmitAsync(), await SubmitAsync() };
        await using var host = NewJobHost();
        Assert.That((await host.Get<JobQueue>().ClaimAsync(2, CancellationToken.None)).Select(job => job.Id), Is.EqualTo(ids[..2]));
    }

    [Test]
    public async Task How_long_one_has_waited_for_a_worker_is_told()
    {
        await SubmitAsync();
        await using var host = NewJobHost();
        Time.Advance(TimeSpan.FromSeconds(90));
        Assert.That(await WaitingAsync(), Is.EqualTo((1, 90)));
        await ClaimOneAsync(host);
        Assert.That(await WaitingAsync(), Is.EqualTo((0, 0)), "somebody works on it");
        Time.Advance(Lease + TimeSpan.FromSeconds(5));
        Assert.That(await WaitingAsync(), Is.EqualTo((1, 5)), "whose worker died");

        async Task<(long, double)> WaitingAsync() =>
            (await Host.Get<QueueReader>().ReadAsync(CancellationToken.None)).Where(queue => queue.Kind == "job").Select(queue => (queue.Depth, Math.Round(queue.Age.TotalSeconds))).Single();
    }

    [Test]
    public async Task Workers_that_claim_at_once_never_share_a_job()
    {
        for (var i = 0; i < 20; i++)
            await SubmitAsync();
        await using var host = NewJobHost();
        await using var other = NewJobHost();
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => (i % 2 == 0 ? host : other).Get<JobQueue>().ClaimAsync(3, CancellationToken.None))));
        var ids = claims.SelectMany(jobs => jobs).Select(job => job.Id).ToArray();
        Assert.That(ids, Is.Unique.And.Not.Empty);
    }

    [Test]
    public async Task What_a_worker_that_lost_its_lease_brings_changes_nothing()
    {
        var id = await SubmitAsync();
        await using var host = NewJobHost();
        var queue = host.Get<JobQueue>();
        var late = await ClaimOneAsync(host);
        Time.Advance(Lease);
        var now = await ClaimOneAsync(host);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await queue.CompleteAsync(late, Result, CancellationToken.None), Is.False);
            Assert.That(await queue.FailAsync(late, "internal_error", "No.", CancellationToken.None), Is.False);
            Assert.That(await queue.ProgressAsync(late, new(JobStage.Encoding, 50), CancellationToken.None), Is.False);
            Assert.That(await queue.HandBackAsync(late, CancellationToken.None), Is.False);
            Assert.That(await queue.RenewAsync([late, now], renew: false, CancellationToken.None), Is.EqualTo(new[] { late }));
            Assert.That(await queue.CompleteAsync(now, Result, CancellationToken.None), Is.True);
        }

        var job = await Host.FindJobAsync(id);
        Assert.That((job.Status, job.Output, job.Warnings.Single()), Is.EqualTo((JobStatus.Completed, Result.Output, "odd")));
        Assert.That(await EventsAsync(id), Is.EqualTo(new[] { "1 render.processing processing", "2 render.completed completed" }));
        var used = await Host.ReadAsync(db => db.Usage.SingleAsync());
        Assert.That((used.Kind, used.Quantity, used.JobId, used.WorkspaceId), Is.EqualTo((UsageKind.Render, 10_000L, (JobId?)id, WorkspaceId)));
    }

    [Test]
    public async Task A_lease_that_is_renewed_is_not_taken_up_by_another()
    {
        await SubmitAsync();
        await using var host = NewJobHost();
        var queue = host.Get<JobQueue>();
        var claimed = await ClaimOneAsync(host);
        Time.Advance(Lease * 0.9);
        Assert.That(await queue.RenewAsync([claimed], renew: true, CancellationToken.None), Is.Empty);
        Time.Advance(Lease * 0.9);
        Assert.That(await queue.ClaimAsync(1, CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task A_cancelled_job_is_lost_to_its_worker_and_its_owner_is_told()
    {
        var id = await SubmitAsync();
        await using var host = NewJobHost();
        var queue = host.Get<JobQueue>();
        var claimed = await ClaimOneAsync(host);
        var cancelled = await host.CancelJobAsync(WorkspaceId, id);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cancelled.Value!.Status, Is.EqualTo(JobStatus.Cancelled));
            Assert.That(await queue.RenewAsync([claimed], renew: true, CancellationToken.None), Is.EqualTo(new[] { claimed }));
            Assert.That(await queue.CompleteAsync(claimed, Result, CancellationToken.None), Is.False);
            Assert.That(await EventsAsync(id), Is.EqualTo(new[] { "1 render.processing processing", "2 render.cancelled cancelled" }));
        }
    }

    [Test]
    public async Task A_job_that_takes_every_worker_down_is_given_up()
    {
        var id = await SubmitAsync();
        await using var host = NewJobHost();
        for (var run = 0; run < Job.MaxRuns; run++)
        {
            await ClaimOneAsync(host);
            Time.Advance(Lease);
        }

        Assert.That(await host.Get<JobQueue>().ClaimAsync(1, CancellationToken.None), Is.Empty);
        var job = await Host.FindJobAsync(id);
        Assert.That((job.Status, job.Error!.Code), Is.EqualTo((JobStatus.Failed, "internal_error")));
    }

    [Test]
    public async Task Progress_is_kept_always_and_told_by_steps()
    {
        var id = await SubmitAsync();
        await using var host = NewJobHost();
        var queue = host.Get<JobQueue>();
        var claimed = await ClaimOneAsync(host);
        await queue.ProgressAsync(claimed, new(JobStage.Downloading, 4), CancellationToken.None);
        await queue.ProgressAsync(claimed, new(JobStage.Compositing, 30), CancellationToken.None);
        await queue.ProgressAsync(claimed, new(JobStage.Compositing, 55), CancellationToken.None);
        var job = await Host.FindJobAsync(id);
        Assert.That((job.ProgressPercent, job.ProgressStage), Is.EqualTo((55, JobStage.Compositing)));
        Assert.That(await EventsAsync(id), Is.EqualTo(new[] { "1 render.processing processing", "2 render.progress processing" }));
    }

    TestHost NewJobHost() => NewHost(services =>
    {
        services.AddSingleton<IPublicUrls, ExampleUrls>();
        services.AddSingleton(Mock.Of<IBillingProvider>());
        services.AddJobs(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Framelane:Roles", (string?)"api")]).Build());
    });

    Task<JobId> SubmitAsync()
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        return Host.SubmitJobAsync(WorkspaceId, Now);
    }

    static async Task<ClaimedJob> ClaimOneAsync(TestHost host)
    {
        var claimed = await host.Get<JobQueue>().ClaimAsync(1, CancellationToken.None);
        Assert.That(claimed, Has.Count.EqualTo(1));
        return claimed[0];
    }

    async Task<string[]> EventsAsync(JobId id)
    {
        var bodies = await Host.ReadAsync(db => db.Events.Where(happened => happened.JobId == id.Value).OrderBy(happened => happened.Sequence).Select(happened => happened.Body).ToListAsync());
        return [.. bodies.Select(body => JsonDocument.Parse(body).RootElement).Select(body =>
            $"{body.GetProperty("sequence")} {body.GetProperty("type")} {body.GetProperty("data").GetProperty("status")}")];
    }
}
