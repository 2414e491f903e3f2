using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Moq;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>What workers left in storage that died at the wrong moment.</summary>
[EveryDatabase]
public sealed class LeftoverSweepTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    TestHost host = null!;

    TimeSpan Patience => host.Get<IOptions<MediaOptions>>().Value.MaxJobDuration + TimeSpan.FromMinutes(5);

    [SetUp]
    public void PrepareStorage() => host = NewHost(services => services.AddStorage(new ConfigurationBuilder().Build()).AddSingleton(Mock.Of<IJobSignal>()));

    [TearDown]
    public async Task CleanStorage()
    {
        if (host is not null)
            await host.DisposeAsync();
    }

    [TestCase(JobStatus.Cancelled)]
    [TestCase(JobStatus.Failed)]
    public async Task What_a_run_put_there_and_could_not_tell_of_goes_once_no_run_can_be_at_work(JobStatus end)
    {
        var job = NewJob();
        job.Claim(TimeSpan.Zero, Now);
        job.Claim(TimeSpan.Zero, Now);
        if (end == JobStatus.Cancelled)
            job.Cancel(Now);
        else
            job.Fail(new("internal_error", "No."), Now);
        await AddAsync(job, "webm");
        await PutAsync($"{WorkspaceId}/{job.Id}-1.webm");
        await PutAsync($"{WorkspaceId}/{job.Id}-2.webm");

        Time.Advance(Patience - TimeSpan.FromSeconds(1));
        Assert.That((await SweepAsync(), Files().Count()), Is.EqualTo((0, 2)));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That((await SweepAsync(), Files().Count()), Is.EqualTo((1, 0)));
        Assert.That(await SweepAsync(), Is.Zero);
    }

    [Test]
    public async Task What_a_job_has_stays_and_so_does_what_other_jobs_have()
    {
        var (job, other) = (NewJob(), NewJob());
        job.Claim(TimeSpan.Zero, Now);
        job.Claim(TimeSpan.Zero, Now);
        job.Complete(new($"{WorkspaceId}/{job.Id}-2.mp4", "a.mp4", "video/mp4", 64, 32, 1, 3), [], Now);
        other.Claim(TimeSpan.Zero, Now);
        await AddAsync(job, "mp4");
        await AddAsync(other, "mp4");
        foreach (var key in new[] { $"{job.Id}-1.mp4", $"{job.Id}-2.mp4", $"{other.Id}-1.mp4", $"{job.Id}-1.webm" })
            await PutAsync($"{WorkspaceId}/{key}");
        Time.Advance(Patience);
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That(Files(), Is.EquivalentTo(new[] { $"{job.Id}-2.mp4", $"{other.Id}-1.mp4", $"{job.Id}-1.webm" }));
    }

    [Test]
    public async Task With_an_asset_goes_what_any_of_its_claims_put_there()
    {
        var asset = Asset.Ingest(AssetId.New(Now), WorkspaceId, "https://example.com/a.mp4", Now);
        asset.Claim(TimeSpan.Zero, Now);
        asset.Claim(TimeSpan.Zero, Now);
        asset.Fail(new("internal_error", "No."), Now);
        await host.WriteAsync(db =>
        {
            db.Add(asset);
            return Task.CompletedTask;
        });
        foreach (var key in new[] { $"{asset.Id}-1", $"{asset.Id}-2", "ast_other-1" })
            await PutAsync($"{WorkspaceId}/{key}");
        await host.Get<StorageSweep>().RunAsync(CancellationToken.None);
        Assert.That(Files(), Is.EqualTo(new[] { "ast_other-1" }));
    }

    [Test]
    public async Task What_storage_refuses_of_one_job_keeps_no_other_and_is_put_off()
    {
        var (refused, other) = (NewJob(), NewJob());
        foreach (var job in new[] { refused, other })
        {
            job.Claim(TimeSpan.Zero, Now);
            job.Cancel(Now);
            await AddAsync(job, "mp4");
        }

        var storage = new Mock<IObjectStorage>();
        storage.Setup(port => port.DeleteAsync($"{WorkspaceId}/{refused.Id}-1.mp4", It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Access denied."));
        await using var broken = NewHost(services => services.AddStorage(new ConfigurationBuilder().Build()).AddSingleton(Mock.Of<IJobSignal>()).AddSingleton(storage.Object));
        Time.Advance(Patience);
        Assert.That(await broken.Get<LeftoverSweep>().RunAsync(CancellationToken.None), Is.EqualTo(1));
        Assert.That(await host.ReadAsync(db => db.Jobs.Where(job => job.LeftoversSince != null).Select(job => job.Id).ToListAsync()), Is.EqualTo(new[] { refused.Id }));
        Assert.That(await SweepAsync(), Is.Zero, "those that are always refused would be all that it looks at");
        Time.Advance(Patience);
        Assert.That(await SweepAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task All_that_is_left_goes_in_one_sweep_however_much_it_is()
    {
        const int Count = 250;
        await host.WriteAsync(db =>
        {
            for (var i = 0; i < Count; i++)
            {
                var job = NewJob();
                job.Claim(TimeSpan.Zero, Now);
                job.Cancel(Now);
                db.Add(job);
            }

            return Task.CompletedTask;
        });
        Time.Advance(Patience);
        Assert.That((await SweepAsync(), await SweepAsync()), Is.EqualTo((Count, 0)));
    }

    [Test]
    public async Task What_a_job_was_asked_for_goes_once_it_has_ended_and_nothing_of_its_runs_is_left()
    {
        var (open, waiting, done, cut) = (NewJob(), NewJob(), NewJob(), NewJob());
        foreach (var job in new[] { open, done, cut })
            job.Claim(TimeSpan.Zero, Now);
        done.Complete(new($"{WorkspaceId}/{done.Id}-1.mp4", "a.mp4", "video/mp4", 64, 32, 1, 3), [], Now);
        cut.Cancel(Now);
        foreach (var job in new[] { open, waiting, done, cut })
            await AddAsync(job, "mp4");
        await PutAsync($"{WorkspaceId}/{cut.Id}-1.mp4");

        Assert.That(await RetainAsync(), Is.EqualTo(new[] { open.Id, waiting.Id, cut.Id }), "where its files lie is told by what it was asked for");
        Time.Advance(Patience);
        Assert.That((await SweepAsync(), Files().Count()), Is.EqualTo((1, 0)));
        Assert.That(await RetainAsync(), Is.EqualTo(new[] { open.Id, waiting.Id }));
    }

    async Task<IReadOnlyList<JobId>> RetainAsync()
    {
        await host.Get<RetentionSweep>().RunAsync(CancellationToken.None);
        return await host.ReadAsync(db => db.JobRequests.Select(request => request.JobId).OrderBy(id => id).ToListAsync());
    }

    Task<int> SweepAsync() => host.Get<LeftoverSweep>().RunAsync(CancellationToken.None);

    IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(Database.Folder, "files"), "*", SearchOption.AllDirectories)
        .Select(path => Path.GetFileName(path)).Where(name => !name.EndsWith("~type", StringComparison.Ordinal));

    Job NewJob()
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        return Job.Submit(JobId.New(JobKind.Render, Now), JobKind.Render, null, WorkspaceId, new Dictionary<string, string>(), null, [], ingests: false, Now);
    }

    Task AddAsync(Job job, string format) => host.WriteAsync(db =>
    {
        db.Add(job);
        db.JobRequests.Add(new() { JobId = job.Id, Document = System.Text.Encoding.UTF8.GetBytes($$"""{"output_format": "{{format}}", "elements": []}""") });
        return Task.CompletedTask;
    });

    async Task PutAsync(string key)
    {
        var source = Path.Combine(Database.Folder, $"source-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(source, [1, 2, 3]);
        await host.Get<IObjectStorage>().PutAsync(key, source, "video/webm", CancellationToken.None);
        File.Delete(source);
    }
}
