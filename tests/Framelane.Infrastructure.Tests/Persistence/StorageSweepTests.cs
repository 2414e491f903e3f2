using Framelane.Application.Abstractions;
using Framelane.Application.Uploads;
using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Domain.Uploads;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Maintenance;
using Framelane.Infrastructure.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Framelane.Infrastructure.Tests.Persistence;

[EveryDatabase]
public sealed class StorageSweepTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    static readonly TimeSpan OutputRetention = TimeSpan.FromDays(30);

    readonly Mock<IJobSignal> workers = new();

    TestHost host = null!;

    [SetUp]
    public void PrepareStorage() => host = NewHost(services => services.AddStorage(new ConfigurationBuilder().Build()).AddSingleton(workers.Object));

    [TearDown]
    public async Task CleanStorage()
    {
        if (host is not null)
            await host.DisposeAsync();
    }

    [Test]
    public async Task An_upload_that_does_not_come_in_its_hour_fails_its_asset_and_leaves_nothing()
    {
        var upload = await BeginAsync();
        await SubmitAsync(upload.AssetId);
        await using (var draft = await host.Get<IDraftStorage>().OpenAsync(UploadTarget.Of(upload), SavedDraft.Nothing, 1, CancellationToken.None))
            await draft!.WriteAsync(new byte[] { 1, 2, 3 }, CancellationToken.None);

        Time.Advance(Upload.Lifetime - TimeSpan.FromSeconds(1));
        Assert.That((await SweepAsync(), Files().Count()), Is.EqualTo((0, 1)));
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        var asset = await AssetAsync(upload.AssetId);
        Assert.That((asset!.Status, asset.Error!.Code), Is.EqualTo((AssetStatus.Failed, "source_not_found")));
        Assert.That(await host.ReadAsync(db => db.Uploads.CountAsync()), Is.Zero);
        Assert.That(Files(), Is.Empty);
        workers.Verify(port => port.Wake());
    }

    [Test]
    public async Task A_failed_upload_is_shown_to_the_jobs_that_wait_for_it_and_goes_after_them()
    {
        var upload = await BeginAsync();
        var job = await SubmitAsync(upload.AssetId);
        Time.Advance(Upload.Lifetime);
        await SweepAsync();
        await SweepAsync();
        Assert.That((await AssetAsync(upload.AssetId))!.Status, Is.EqualTo(AssetStatus.Failed));
        Assert.That(await host.ReadAsync(db => db.Jobs.Select(row => row.ClaimableAt).SingleAsync()), Is.EqualTo(Now).Within(TimeSpan.FromMilliseconds(1)));
        await EndAsync(job);
        await SweepAsync();
        Assert.That(await AssetAsync(upload.AssetId), Is.Null);
    }

    [Test]
    public async Task An_upload_is_not_swept_from_under_its_writer()
    {
        var upload = await BeginAsync();
        await SubmitAsync(upload.AssetId);
        Time.Advance(Upload.Lifetime - TimeSpan.FromSeconds(5));
        await ChangeAsync(db => db.Uploads, row => row.Take(TimeSpan.FromSeconds(20), Now));
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await SweepAsync(), Is.Zero);
        Time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That((await AssetAsync(upload.AssetId))!.Status, Is.EqualTo(AssetStatus.Failed));
    }

    /// <remarks>It is looked for without a lock, so that it can be taken in its last moment before it is locked.</remarks>
    [Test]
    public async Task An_upload_that_is_taken_while_it_is_about_to_be_swept_is_left_alone()
    {
        await BeginAsync();
        Time.Advance(Upload.Lifetime);
        Task<int> sweep = null!;
        await using var db = host.NewContext();
        await host.Get<DatabaseWriter>().ExecuteAsync(
            db,
            async token =>
            {
                (await db.Uploads.SingleAsync(token)).Take(TimeSpan.FromSeconds(20), Now.AddSeconds(-1));
                await db.SaveChangesAsync(token);
                sweep = Task.Run(SweepAsync, token);

                // It has seen the upload by now, and waits for the row. Were it slower, it would have less to find.
                await Task.Delay(500, token);
                return (true, true);
            },
            CancellationToken.None);
        Assert.That(await sweep, Is.Zero);
        Assert.That(await host.ReadAsync(db => db.Uploads.CountAsync()), Is.EqualTo(1));
    }

    [Test]
    public async Task Of_a_complete_upload_the_asset_stays()
    {
        var upload = await BeginAsync();
        await ChangeAsync(db => db.Uploads, row =>
        {
            row.Take(TimeSpan.FromSeconds(20), Now);
            row.Announce(3);
            row.Record(3, null, TimeSpan.FromSeconds(20), Now);
            row.Complete(Now);
        });
        await ChangeAsync(db => db.Assets, row => row.Receive(UploadTarget.Of(upload).Key, 3, Now));
        await PutAsync(UploadTarget.Of(upload).Key);
        Time.Advance(Upload.Lifetime);
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That((await AssetAsync(upload.AssetId))!.Status, Is.EqualTo(AssetStatus.Received));
        Assert.That(Files().Count(), Is.EqualTo(2), "the file, and its type");
    }

    [Test]
    public async Task An_asset_goes_when_its_time_is_over_and_one_without_an_end_stays()
    {
        var ends = await AddAssetAsync(TimeSpan.FromDays(7));
        var stays = await AddAssetAsync(null);
        Time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        Assert.That(await SweepAsync(), Is.Zero);
        Time.Advance(TimeSpan.FromDays(300));
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That((await AssetAsync(ends), await FindAsync(ends)), Is.EqualTo(((Asset?)null, (StoredObject?)null)));
        Assert.That((await AssetAsync(stays))!.Status, Is.EqualTo(AssetStatus.Ready));
        Assert.That(await FindAsync(stays), Is.Not.Null);
    }

    [Test]
    public async Task An_asset_that_a_job_uses_outlasts_its_time_until_the_job_is_at_its_end()
    {
        var asset = await AddAssetAsync(TimeSpan.FromDays(7));
        var job = await SubmitAsync(asset);
        Time.Advance(TimeSpan.FromDays(8));
        Assert.That(await SweepAsync(), Is.Zero);
        Assert.That(await FindAsync(asset), Is.Not.Null);
        await EndAsync(job);
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That(await FindAsync(asset), Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_deleted_asset_loses_its_file_and_then_its_row_whoever_died_in_between(bool fileIsThere)
    {
        var asset = await AddAssetAsync(null);
        await ChangeAsync(db => db.Assets, row => row.Delete(Now));
        if (!fileIsThere)
            await host.Get<IObjectStorage>().DeleteAsync(KeyOf(asset), CancellationToken.None);
        Assert.That(await SweepAsync(), Is.EqualTo(1));
        Assert.That((await AssetAsync(asset), await FindAsync(asset)), Is.EqualTo(((Asset?)null, (StoredObject?)null)));
    }

    [Test]
    public async Task An_output_goes_after_its_retention_and_its_job_still_tells_what_it_was()
    {
        var old = await CompleteAsync();
        Time.Advance(TimeSpan.FromDays(1));
        var recent = await CompleteAsync();
        Time.Advance(OutputRetention - TimeSpan.FromHours(1));
        Assert.That((await SweepAsync(), await SweepAsync()), Is.EqualTo((1, 0)));
        var job = await host.ReadAsync(db => db.Jobs.SingleAsync(row => row.Id == old));
        Assert.That((job.OutputRemovedAt.HasValue, job.Output!.Width), Is.EqualTo((true, (int?)64)));
        var storage = host.Get<IObjectStorage>();
        Assert.That(await storage.FindAsync($"out/{old}.mp4", CancellationToken.None), Is.Null);
        Assert.That(await storage.FindAsync($"out/{recent}.mp4", CancellationToken.None), Is.Not.Null);
    }

    [Test]
    public async Task What_jobs_read_is_forgotten_when_they_are_at_their_end()
    {
        var asset = await AddAssetAsync(null);
        var ended = await SubmitAsync(asset);
        await SubmitAsync(asset);
        await EndAsync(ended);
        await host.Get<RetentionSweep>().RunAsync(CancellationToken.None);
        Assert.That(await host.ReadAsync(db => db.JobSources.Select(source => source.JobId).ToListAsync()), Has.Count.EqualTo(1).And.None.EqualTo(ended));
    }

    static string KeyOf(AssetId id) => $"ws_01/{id}.mp4";

    [Test]
    public async Task What_storage_refuses_of_one_does_not_keep_the_others()
    {
        var refused = await BeginAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        await BeginAsync();
        Time.Advance(Upload.Lifetime);
        var drafts = new Mock<IDraftStorage>();
        drafts.Setup(port => port.AbortAsync(UploadTarget.Of(refused), It.IsAny<string?>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Access denied."));
        await using var other = NewHost(services => services.AddStorage(new ConfigurationBuilder().Build()).AddSingleton(workers.Object).AddSingleton(drafts.Object));
        await other.Get<StorageSweep>().RunAsync(CancellationToken.None);
        Assert.That(await other.ReadAsync(db => db.Uploads.Select(upload => upload.Id).ToListAsync()), Is.EqualTo(new[] { refused.Id }));
    }

    [Test]
    public async Task A_batch_of_what_storage_always_refuses_keeps_nothing_else_and_is_tried_again_after_an_hour()
    {
        var uploads = Enumerable.Range(0, StorageSweep.BatchSize).Select(_ => Upload.Begin(UploadId.New(Now), WorkspaceId, AssetId.New(Now), "video/mp4", Now)).ToList();
        await host.WriteAsync(db =>
        {
            db.AddRange(uploads);
            return Task.CompletedTask;
        });
        Time.Advance(TimeSpan.FromSeconds(1));
        var last = await BeginAsync();
        Time.Advance(Upload.Lifetime);
        var drafts = new Mock<IDraftStorage>();
        drafts.Setup(port => port.AbortAsync(It.Is<DraftTarget>(target => target != UploadTarget.Of(last)), It.IsAny<string?>(), It.IsAny<CancellationToken>())).ThrowsAsync(new IOException("Access denied."));
        await using var other = NewHost(services => services.AddStorage(new ConfigurationBuilder().Build()).AddSingleton(workers.Object).AddSingleton(drafts.Object));
        var sweep = other.Get<StorageSweep>();
        Assert.That((await sweep.RunAsync(CancellationToken.None), await sweep.RunAsync(CancellationToken.None)), Is.EqualTo((2, 0)), "it, and its asset");
        Assert.That(await other.ReadAsync(db => db.Uploads.CountAsync()), Is.EqualTo(StorageSweep.BatchSize));

        drafts.Reset();
        Time.Advance(TimeSpan.FromHours(1));
        Assert.That(await sweep.RunAsync(CancellationToken.None), Is.EqualTo(StorageSweep.BatchSize));
    }

    [Test]
    public async Task All_that_is_due_goes_in_one_sweep_however_much_it_is()
    {
        await host.WriteAsync(db =>
        {
            for (var i = 0; i < (2 * StorageSweep.BatchSize) + 50; i++)
                db.Add(Upload.Begin(UploadId.New(Now), WorkspaceId, AssetId.New(Now), "video/mp4", Now));
            return Task.CompletedTask;
        });
        Time.Advance(Upload.Lifetime);
        Assert.That(await SweepAsync(), Is.EqualTo((2 * StorageSweep.BatchSize) + 50));
        Assert.That(await host.ReadAsync(db => db.Uploads.CountAsync()), Is.Zero);
    }

    Task<int> SweepAsync() => host.Get<StorageSweep>().RunAsync(CancellationToken.None);

    IEnumerable<string> Files() => Directory.EnumerateFiles(Path.Combine(Database.Folder, "files"), "*", SearchOption.AllDirectories);

    Task<Asset?> AssetAsync(AssetId id) => host.ReadAsync(db => db.Assets.SingleOrDefaultAsync(asset => asset.Id == id));

    Task<StoredObject?> FindAsync(AssetId id) => host.Get<IObjectStorage>().FindAsync(KeyOf(id), CancellationToken.None);

    async Task<Upload> BeginAsync()
    {
        var upload = Upload.Begin(UploadId.New(Now), WorkspaceId, AssetId.New(Now), "video/mp4", Now);
        await AddAsync(upload);
        await AddAsync(Asset.Await(upload.AssetId, WorkspaceId, "video/mp4", "mp4", null, upload.ExpiresAt, Now));
        return upload;
    }

    async Task<AssetId> AddAssetAsync(TimeSpan? retention)
    {
        var asset = Asset.Ingest(AssetId.New(Now), WorkspaceId, "https://example.com/a.mp4", Now);
        asset.Fetched(KeyOf(asset.Id), 3, "video/mp4", "mp4");
        asset.BecomeReady(new(AssetKind.Video, 64, 32, 1), Now + retention);
        await PutAsync(asset.Key!);
        await AddAsync(asset);
        return asset.Id;
    }

    async Task<JobId> SubmitAsync(AssetId asset)
    {
        var job = NewJob();
        await AddAsync(job);
        await host.WriteAsync(db =>
        {
            db.JobSources.Add(new() { JobId = job.Id, AssetId = asset, Url = "https://example.com/a.mp4", Place = "elements[0].source_url" });
            return Task.CompletedTask;
        });
        return job.Id;
    }

    async Task<JobId> CompleteAsync()
    {
        var job = NewJob();
        job.Claim(TimeSpan.FromSeconds(30), Now);
        job.Complete(new($"out/{job.Id}.mp4", "a.mp4", "video/mp4", 64, 32, 1, 3), [], Now);
        await PutAsync(job.Output!.Key);
        await AddAsync(job);
        return job.Id;
    }

    Job NewJob()
    {
        Time.Advance(TimeSpan.FromMilliseconds(2));
        return Job.Submit(JobId.New(JobKind.Render, Now), JobKind.Render, null, WorkspaceId, new Dictionary<string, string>(), null, [], ingests: false, Now);
    }

    Task EndAsync(JobId id) => host.WriteAsync(async db => (await db.Jobs.SingleAsync(job => job.Id == id)).Cancel(Now));

    Task AddAsync(object row) => host.WriteAsync(db =>
    {
        db.Add(row);
        return Task.CompletedTask;
    });

    Task ChangeAsync<T>(Func<FramelaneDbContext, IQueryable<T>> rows, Action<T> change) =>
        host.WriteAsync(async db => change(await rows(db).SingleAsync()));

    async Task PutAsync(string key)
    {
        var source = Path.Combine(Database.Folder, $"source-{Guid.NewGuid():N}");
        await File.WriteAllBytesAsync(source, [1, 2, 3]);
        await host.Get<IObjectStorage>().PutAsync(key, source, "video/mp4", CancellationToken.None);
        File.Delete(source);
    }
}
