using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Assets;

/// <summary>What workers on assets can rely on, on every database.</summary>
[EveryDatabase]
public sealed class AssetQueueContract<TDatabase> : AssetStorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task What_has_work_is_claimed_once_oldest_first_and_what_is_awaited_is_not()
    {
        await Worker.AddAssetAsync(Asset.Await(AssetId.New(Now), WorkspaceId, "video/mp4", "mp4", null, Now, Now));
        var fetched = await Worker.ImportAsync(WorkspaceId, Later());
        var received = await Worker.ReceiveAsync(WorkspaceId, Later());
        var next = await Worker.ImportAsync(WorkspaceId, Later());
        Assert.That(await Queue.ClaimAsync(10, CancellationToken.None), Is.EqualTo(new[]
        {
            new ClaimedAsset(fetched.Id, WorkspaceId, 1, fetched.FetchUrl, null, null),
            new ClaimedAsset(next.Id, WorkspaceId, 1, next.FetchUrl, null, null),
        }));
        Assert.That(await Uploads.ClaimAsync(10, CancellationToken.None), Is.EqualTo(new[] { new ClaimedAsset(received.Id, WorkspaceId, 1, null, received.Key, "video/mp4") }));
        Assert.That((await Queue.ClaimAsync(10, CancellationToken.None)).Concat(await Uploads.ClaimAsync(10, CancellationToken.None)), Is.Empty);
    }

    [Test]
    public async Task What_was_fetched_becomes_ready_and_its_owner_is_told_what_it_is()
    {
        var id = (await Worker.ImportAsync(WorkspaceId, Later())).Id;
        Assert.That(await Queue.ReadyAsync(await ClaimOneAsync(), Found, new("ws/key", 99), CancellationToken.None), Is.True);
        var asset = await Worker.FindAssetAsync(id);
        var happened = await Worker.ReadAsync(db => db.Events.SingleAsync());
        var data = JsonDocument.Parse(happened.Body).RootElement.GetProperty("data");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((asset.Status, asset.Key, asset.SizeBytes, asset.ContentType, asset.Metadata), Is.EqualTo((AssetStatus.Ready, "ws/key", 99L, "video/webm", Found.Metadata)));
            Assert.That((happened.Type, happened.Sequence), Is.EqualTo(("asset.ready", 1)));
            Assert.That(data.GetProperty("source_url").GetString(), Is.EqualTo($"https://api.example.com/files/{WorkspaceId}/{id}.webm"));
            Assert.That((data.GetProperty("kind").GetString(), data.GetProperty("width").GetInt32()), Is.EqualTo(("video", 64)));
        }
    }

    [Test]
    public async Task A_font_is_found_by_its_families_by_its_own_workspace_while_it_is_there()
    {
        AssetFont[] faces = [new("Grotesk", 400, 400, 5, false), new("Grotesk", 700, 700, 5, true), new("grotesk", 100, 900, 5, false)];
        var (first, second) = (await Worker.ImportAsync(WorkspaceId, Later()), await Worker.ImportAsync(WorkspaceId, Later()));
        foreach (var font in new[] { faces, faces[..1] })
        {
            var found = new AssetFindings(MediaTypes.Find("font/ttf")!, new(AssetKind.Font, null, null, null) { Fonts = font });
            await Queue.ReadyAsync(await ClaimOneAsync(), found, new("ws/font", 1), CancellationToken.None);
        }

        var other = await AddWorkspaceAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await FontsAsync(WorkspaceId, "Grotesk", "grotesk", "Antiqua"), Is.EqualTo(new[] { second.Id, first.Id }));
            Assert.That(await FontsAsync(WorkspaceId, "grotesk"), Is.EqualTo(new[] { first.Id }));
            Assert.That(await FontsAsync(other, "Grotesk"), Is.Empty);
            Assert.That(await ListedAsync(WorkspaceId), Is.EquivalentTo(faces.Append(faces[0])));
            Assert.That(await ListedAsync(other), Is.Empty);
        }

        await Worker.WriteAsync(db => db.Assets.Where(asset => asset.Id == first.Id).ExecuteUpdateAsync(asset => asset.SetProperty(row => row.Status, AssetStatus.Deleted)));
        Assert.That(await FontsAsync(WorkspaceId, "Grotesk", "grotesk"), Is.EqualTo(new[] { second.Id }));
        Assert.That(await ListedAsync(WorkspaceId), Is.EqualTo(faces[..1]));
    }

    [Test]
    public async Task What_a_worker_that_lost_its_lease_brings_changes_nothing()
    {
        var id = (await Worker.ImportAsync(WorkspaceId, Later())).Id;
        var late = await ClaimOneAsync();
        Time.Advance(Queue.Lease);
        var now = await ClaimOneAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Queue.ReadyAsync(late, Found, new("ws/late", 1), CancellationToken.None), Is.False);
            Assert.That(await Queue.FailAsync(late, "invalid_source", "No.", CancellationToken.None), Is.False);
            Assert.That(await Queue.HandBackAsync(late, CancellationToken.None), Is.False);
            Assert.That(await Queue.RenewAsync([late, now], renew: true, CancellationToken.None), Is.EqualTo(new[] { late }));
            Assert.That((await Worker.FindAssetAsync(id)).Status, Is.EqualTo(AssetStatus.Fetching));
            Assert.That(await Worker.ReadAsync(db => db.Events.CountAsync()), Is.Zero);
            Assert.That(await Queue.ReadyAsync(now, Found, new("ws/now", 1), CancellationToken.None), Is.True);
        }
    }

    [Test]
    public async Task A_lease_that_is_renewed_is_kept_and_one_that_is_handed_back_is_free_and_did_not_count()
    {
        var id = (await Worker.ImportAsync(WorkspaceId, Later())).Id;
        var claim = await ClaimOneAsync();
        Time.Advance(Queue.Lease * 0.9);
        Assert.That(await Queue.RenewAsync([claim], renew: true, CancellationToken.None), Is.Empty);
        Time.Advance(Queue.Lease * 0.9);
        Assert.That(await Queue.ClaimAsync(1, CancellationToken.None), Is.Empty);
        Assert.That(await Queue.HandBackAsync(claim, CancellationToken.None), Is.True);
        await ClaimOneAsync();
        Assert.That((await Worker.FindAssetAsync(id)).Runs, Is.EqualTo(1));
    }

    [Test]
    public async Task What_an_outage_ended_is_taken_up_later_and_later_and_did_not_count()
    {
        var id = (await Worker.ImportAsync(WorkspaceId, Later())).Id;
        foreach (var pause in new[] { 30, 60, 120, 240, 300, 300 }.Select(seconds => TimeSpan.FromSeconds(seconds)))
        {
            Assert.That(await Queue.WaitOutAsync(await ClaimOneAsync(), CancellationToken.None), Is.True);
            Time.Advance(pause * 0.9);
            Assert.That(await Queue.ClaimAsync(1, CancellationToken.None), Is.Empty, $"{pause}");
            Time.Advance(pause * 0.1);
        }

        Assert.That((await Worker.FindAssetAsync(id)).Runs, Is.Zero);
    }

    [Test]
    public async Task The_fonts_of_many_families_are_found_at_once()
    {
        AssetFont[] faces = [.. Enumerable.Range(0, 500).Select(i => new AssetFont($"Family {i}", 400, 400, 5, false))];
        var font = await Worker.ImportAsync(WorkspaceId, Later());
        await Queue.ReadyAsync(
            await ClaimOneAsync(), new(MediaTypes.Find("font/ttf")!, new(AssetKind.Font, null, null, null) { Fonts = faces }), new("ws/font", 1), CancellationToken.None);
        var reads = new Reads();
        await using var host = NewHost(services => services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(reads)));
        await using var scope = host.Scope();
        var found = await scope.ServiceProvider.GetRequiredService<IAssetRepository>()
            .FindFontsAsync(WorkspaceId, [.. faces.Select(face => face.Family)], CancellationToken.None);
        Assert.That(found, Is.EqualTo(new[] { font.Id }));
        Assert.That(reads.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task Of_what_is_a_day_old_an_outage_counts()
    {
        var id = (await Worker.ImportAsync(WorkspaceId, Later())).Id;
        Time.Advance(TimeSpan.FromDays(1));
        await Queue.WaitOutAsync(await ClaimOneAsync(), CancellationToken.None);
        Time.Advance(Queue.Lease);
        await ClaimOneAsync();
        Assert.That((await Worker.FindAssetAsync(id)).Runs, Is.EqualTo(2));
    }

    [Test]
    public async Task One_workspace_has_a_few_fetches_at_once_and_each_that_ends_makes_room_for_the_next()
    {
        var ids = await ImportManyAsync(AssetWork.Fetch.PlacesOfOne + 2);
        var other = await AddWorkspaceAsync();
        var others = (await Worker.ImportAsync(other, Later())).Id;
        var claimed = await Queue.ClaimAsync(10, CancellationToken.None);
        Assert.That(claimed.Select(claim => claim.Id), Is.EqualTo(ids[..AssetWork.Fetch.PlacesOfOne].Append(others)));
        Assert.That(await Queue.ClaimAsync(10, CancellationToken.None), Is.Empty);
        await Queue.ReadyAsync(claimed[0], Found, new("ws/key", 1), CancellationToken.None);
        Assert.That((await Queue.ClaimAsync(10, CancellationToken.None)).Select(claim => claim.Id), Is.EqualTo(new[] { ids[AssetWork.Fetch.PlacesOfOne] }));
    }

    [Test]
    public async Task Fetches_whose_worker_died_keep_their_places_and_make_room_for_the_next_when_they_end()
    {
        var ids = await ImportManyAsync(AssetWork.Fetch.PlacesOfOne);
        await Queue.ClaimAsync(10, CancellationToken.None);
        Time.Advance(Queue.Lease / 2);

        // Due before the leases of the first ran out, so that they are looked at first.
        var later = await ImportManyAsync(AssetWork.Fetch.PlacesOfOne);
        Time.Advance(Queue.Lease);
        var again = await Queue.ClaimAsync(10, CancellationToken.None);
        foreach (var claim in again)
            await Queue.ReadyAsync(claim, Found, new("ws/" + claim.Id, 1), CancellationToken.None);
        var next = await Queue.ClaimAsync(10, CancellationToken.None);
        Assert.That(again.Concat(next).Select(claim => claim.Id), Is.EquivalentTo(ids.Concat(later)));
    }

    [Test]
    public async Task A_fetch_that_is_handed_back_gives_up_its_place()
    {
        var first = (await ImportManyAsync(1)).Single();
        var claim = await ClaimOneAsync();
        var later = await ImportManyAsync(AssetWork.Fetch.PlacesOfOne);
        Time.Advance(TimeSpan.FromSeconds(1));
        await Queue.HandBackAsync(claim, CancellationToken.None);
        Assert.That((await Queue.ClaimAsync(10, CancellationToken.None)).Select(taken => taken.Id), Is.EqualTo(later));
        Assert.That((await Worker.FindAssetAsync(first)).Runs, Is.Zero);
    }

    [Test]
    public async Task However_many_uploads_one_workspace_has_completed_anothers_is_looked_into_in_the_first_turn()
    {
        for (var i = 0; i < 20; i++)
            await Worker.ReceiveAsync(WorkspaceId, Later());
        var other = (await Worker.ReceiveAsync(await AddWorkspaceAsync(), Later())).Id;
        var claimed = await Uploads.ClaimAsync(4, CancellationToken.None);
        claimed = [.. claimed, .. await Uploads.ClaimAsync(4 - claimed.Count, CancellationToken.None)];
        Assert.That((claimed.Count, claimed[^1].Id), Is.EqualTo((AssetWork.Inspect.PlacesOfOne + 1, other)));
        await Uploads.ReadyAsync(claimed[0], Found, fetched: null, CancellationToken.None);
        Assert.That((await Uploads.ClaimAsync(4, CancellationToken.None)).Select(claim => claim.WorkspaceId), Is.EqualTo(new[] { WorkspaceId }), "each that ends makes room for the next");
    }

    [Test]
    public async Task While_one_worker_claims_for_a_workspace_another_waits_to_count_what_it_took()
    {
        await ImportManyAsync(2 * AssetWork.Fetch.PlacesOfOne);
        Task<IReadOnlyList<ClaimedAsset>> other = null!;
        await using var db = Worker.NewContext();
        var provider = Worker.Get<IDatabaseProvider>();
        await Worker.Get<DatabaseWriter>().ExecuteAsync(
            db,
            async token =>
            {
                foreach (var asset in await provider.LockDueAssetsAsync(db, AssetStatus.Fetching, Now, AssetWork.Fetch.PlacesOfOne, token))
                    asset.Claim(Queue.Lease, Now);
                await provider.LockWorkspaceAsync(db, WorkspaceId, token);
                await db.SaveChangesAsync(token);
                other = Task.Run(() => Queue.ClaimAsync(AssetWork.Fetch.PlacesOfOne, CancellationToken.None), token);

                // It has passed over those by now. Were it slower, it would count them anyway.
                await Task.Delay(500, token);
                return (true, true);
            },
            CancellationToken.None);
        Assert.That(await other, Is.Empty);
    }

    [Test]
    public async Task One_that_takes_every_worker_down_is_given_up()
    {
        var id = (await Worker.ImportAsync(WorkspaceId, Later())).Id;
        for (var run = 0; run < Asset.MaxRuns; run++)
        {
            await ClaimOneAsync();
            Time.Advance(Queue.Lease);
        }

        Assert.That(await Queue.ClaimAsync(1, CancellationToken.None), Is.Empty);
        var asset = await Worker.FindAssetAsync(id);
        Assert.That((asset.Status, asset.Error!.Code), Is.EqualTo((AssetStatus.Failed, "internal_error")));
    }

    async Task<IReadOnlyList<AssetId>> FontsAsync(WorkspaceId workspaceId, params string[] families)
    {
        await using var scope = Worker.Scope();
        return await scope.ServiceProvider.GetRequiredService<IAssetRepository>().FindFontsAsync(workspaceId, families, CancellationToken.None);
    }

    async Task<IReadOnlyList<AssetFont>> ListedAsync(WorkspaceId workspaceId)
    {
        await using var scope = Worker.Scope();
        return await scope.ServiceProvider.GetRequiredService<IAssetRepository>().ListFontsAsync(workspaceId, CancellationToken.None);
    }

    async Task<List<AssetId>> ImportManyAsync(int count)
    {
        var ids = new List<AssetId>();
        for (var i = 0; i < count; i++)
            ids.Add((await Worker.ImportAsync(WorkspaceId, Later())).Id);
        return ids;
    }

    async Task<ClaimedAsset> ClaimOneAsync() => (await Queue.ClaimAsync(1, CancellationToken.None)).Single();
}
