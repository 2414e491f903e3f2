using Framelane.Application.Jobs;
using Framelane.Domain.Assets;
using Framelane.Domain.Jobs;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Tests.Assets;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>Jobs that read assets, on every database.</summary>
[EveryDatabase]
public sealed class WaitingJobContract<TDatabase> : AssetStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task A_job_waits_without_a_worker_until_all_that_it_reads_is_ready_and_is_then_looked_at_at_once()
    {
        var (first, second) = (await ImportAsync(), await ImportAsync());
        var id = await SubmitAsync(ingests: false, first, second);
        Assert.That(await ClaimAsync(), Is.Empty);
        await ReadyAsync(1);
        Assert.That(await ClaimAsync(), Is.Empty);
        await ReadyAsync(1);
        var claimed = await ClaimAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(claimed.Single().Id, Is.EqualTo(id));
            Assert.That(claimed.Single().Sources, Is.EqualTo(new StoredSource[]
            {
                new(first.Id, first.FetchUrl!, $"ws/{first.Id}") { Probed = "kept" }, new(second.Id, second.FetchUrl!, $"ws/{second.Id}") { Probed = "kept" },
            }));
            Assert.That(await EventsAsync(id), Is.EqualTo(new[] { "render.processing" }));
        }
    }

    [Test]
    public async Task However_many_wait_those_behind_them_are_claimed()
    {
        var asset = await ImportAsync();
        for (var i = 0; i < 5; i++)
            await SubmitAsync(ingests: false, asset);
        var free = await SubmitAsync(ingests: false);
        Assert.That((await ClaimAsync(count: 1)).Select(job => job.Id), Is.EqualTo(new[] { free }));
    }

    [Test]
    public async Task One_that_nobody_told_of_what_it_waits_for_is_looked_at_again_after_a_while()
    {
        var asset = await ImportAsync();
        var id = await SubmitAsync(ingests: false, asset);
        Assert.That(await ClaimAsync(), Is.Empty);
        await Worker.WriteAsync(db => db.Assets.Where(row => row.Id == asset.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(changed => changed.Status, AssetStatus.Ready).SetProperty(changed => changed.Key, "ws/key")));
        Assert.That(await ClaimAsync(), Is.Empty);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await ClaimAsync()).Select(job => job.Id), Is.EqualTo(new[] { id }));
    }

    [Test]
    public async Task One_whose_sources_are_copied_first_is_queued_once_they_are_there()
    {
        var asset = await IngestAsync();
        var id = await SubmitAsync(ingests: true, asset);
        Assert.That(await ClaimAsync(), Is.Empty);
        Assert.That((await Worker.FindJobAsync(id)).Status, Is.EqualTo(JobStatus.Ingesting));
        Assert.That(await EventsAsync(id), Is.Empty);
        await ReadyAsync(1);
        Assert.That((await ClaimAsync()).Single().Status, Is.EqualTo(JobStatus.Processing));
        Assert.That(await EventsAsync(id), Is.EqualTo(new[] { "render.queued", "render.processing" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_failed_fails_those_that_read_it_at_its_place(bool ingests)
    {
        var (other, asset) = (await IngestAsync(), await IngestAsync());
        var id = await SubmitAsync(ingests, other, asset);
        var claimed = await Queue.ClaimAsync(10, CancellationToken.None);
        await Queue.FailAsync(claimed.Single(claim => claim.Id == asset.Id), "codec_unsupported", "No.", CancellationToken.None);
        Assert.That(await ClaimAsync(), Is.Empty);
        var job = await Worker.FindJobAsync(id);
        Assert.That((job.Status, job.Error), Is.EqualTo((JobStatus.Failed, new JobError("codec_unsupported", "elements[1].source_url: No."))));
        Assert.That(await EventsAsync(id), Is.EqualTo(new[] { "render.failed" }));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_is_gone_is_not_found(bool isRowGone)
    {
        var asset = await ImportAsync();
        var id = await SubmitAsync(ingests: false, asset);
        var rows = Worker.NewContext().Assets.Where(row => row.Id == asset.Id);
        await (isRowGone ? rows.ExecuteDeleteAsync() : rows.ExecuteUpdateAsync(row => row.SetProperty(changed => changed.Status, AssetStatus.Deleted)));
        Assert.That(await ClaimAsync(), Is.Empty);
        Assert.That((await Worker.FindJobAsync(id)).Error!.Code, Is.EqualTo("source_not_found"));
    }

    [Test]
    public async Task What_is_copied_for_a_job_that_ended_is_given_up()
    {
        var (held, waiting, wanted) = (await IngestAsync(), await IngestAsync(), await ImportAsync());
        var id = await SubmitAsync(ingests: true, held, waiting);
        await SubmitAsync(ingests: false, wanted);
        var claim = (await Queue.ClaimAsync(1, CancellationToken.None)).Single();
        Assert.That(await Queue.RenewAsync([claim], renew: true, CancellationToken.None), Is.Empty);
        await Worker.CancelJobAsync(WorkspaceId, id);
        Assert.That(await Queue.RenewAsync([claim], renew: true, CancellationToken.None), Is.EqualTo(new[] { claim }));
        Assert.That((await Queue.ClaimAsync(10, CancellationToken.None)).Select(left => left.Id), Is.EqualTo(new[] { wanted.Id }));
        Assert.That((await Worker.FindAssetAsync(waiting.Id)).Status, Is.EqualTo(AssetStatus.Deleted));
        Time.Advance(Queue.Lease);
        await Queue.ClaimAsync(10, CancellationToken.None);
        Assert.That((await Worker.FindAssetAsync(held.Id)).Status, Is.EqualTo(AssetStatus.Deleted));
    }

    [Test]
    public async Task What_is_given_up_makes_room_for_the_next()
    {
        var held = new List<Asset>();
        for (var i = 0; i < AssetWork.Fetch.PlacesOfOne; i++)
            held.Add(await IngestAsync());
        var id = await SubmitAsync(ingests: true, [.. held]);
        await Queue.ClaimAsync(10, CancellationToken.None);
        var wanted = await ImportAsync();
        Assert.That(await Queue.ClaimAsync(10, CancellationToken.None), Is.Empty);
        await Worker.CancelJobAsync(WorkspaceId, id);
        Time.Advance(Queue.Lease);
        await Queue.ClaimAsync(10, CancellationToken.None);
        Assert.That((await Queue.ClaimAsync(10, CancellationToken.None)).Select(next => next.Id), Is.EqualTo(new[] { wanted.Id }));
    }

    Task<Asset> ImportAsync() => Worker.ImportAsync(WorkspaceId, Later(), $"https://example.com/{Now.Ticks}.webm");

    Task<Asset> IngestAsync() => Worker.AddAssetAsync(Asset.Ingest(AssetId.New(Later()), WorkspaceId, $"https://example.com/{Now.Ticks}.webm", Now));

    Task<JobId> SubmitAsync(bool ingests, params Asset[] assets) => Worker.SubmitJobAsync(
        WorkspaceId, Later(), ingests, [.. assets.Select((asset, index) => new Application.Jobs.JobSource(asset.Id, asset.FetchUrl!, $"elements[{index}].source_url"))]);

    async Task ReadyAsync(int count)
    {
        foreach (var claim in await Queue.ClaimAsync(count, CancellationToken.None))
            Assert.That(await Queue.ReadyAsync(claim, Found, new($"ws/{claim.Id}", 1), CancellationToken.None), Is.True);
    }

    Task<IReadOnlyList<ClaimedJob>> ClaimAsync(int count = 10) => Worker.Get<JobQueue>().ClaimAsync(count, CancellationToken.None);

    Task<List<string>> EventsAsync(JobId id) => Worker.ReadAsync(db =>
        db.Events.Where(happened => happened.JobId == id.Value).OrderBy(happened => happened.Sequence).Select(happened => happened.Type).ToListAsync());
}
