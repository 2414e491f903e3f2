using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Domain.Assets;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Assets;
using Framelane.Infrastructure.Tests.Media;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Framelane.Infrastructure.Tests.Assets;

/// <summary>Workers that run, with a server of the test's to fetch from.</summary>
public sealed class AssetWorkerTests
{
    static readonly byte[] Body = Encoding.ASCII.GetBytes("webm and the rest of it");

    readonly SqliteDatabase database = new();

    readonly ScriptedProbe probe = new();

    readonly SourceServer server = new($"200 OK\r\nContent-Type: text/html\r\nContent-Length: {Body.Length}", Body);

    TestHost host = null!;

    WorkspaceId workspaceId;

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    string[] Stored => [.. Directory.EnumerateFiles(Path.Combine(database.Folder, "files"), "ast_*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)!)];

    [SetUp]
    public async Task StartAsync()
    {
        host = NewHost();
        await host.InitializeAsync();
        workspaceId = await host.ReadAsync(db => db.Workspaces.Select(workspace => workspace.Id).SingleAsync());
        Directory.CreateDirectory(Path.Combine(database.Folder, "files"));
    }

    [TearDown]
    public async Task StopAsync()
    {
        await host.DisposeAsync();
        server.Dispose();
        database.Dispose();
    }

    [Test]
    public async Task What_is_fetched_lies_in_storage_as_what_it_is_whatever_its_server_says()
    {
        var id = (await host.ImportAsync(workspaceId, Now, server.Url("/page.html"))).Id;
        await using var worker = await StartWorkerAsync(host);
        var asset = await SettledAsync(id);
        using var content = await host.Get<IObjectStorage>().OpenReadAsync(asset.Key!, CancellationToken.None);
        using var read = new StreamReader(content);
        Assert.That((asset.Status, asset.ContentType, asset.Key), Is.EqualTo((AssetStatus.Ready, "video/webm", $"{workspaceId}/{id}-1")));
        Assert.That(await read.ReadToEndAsync(), Is.EqualTo(Encoding.ASCII.GetString(Body)));
        Assert.That(Directory.EnumerateDirectories(Path.Combine(database.Folder, "work"), "ast_*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public async Task How_long_its_sound_lasts_is_kept_beside_how_long_it_lasts()
    {
        probe.Answer = (_, _) => Task.FromResult(ScriptedProbe.Video with { Sound = new(1, "opus", 2, 48_000) { Duration = 3.5 } });
        var id = (await host.ImportAsync(workspaceId, Now, server.Url())).Id;
        await using var worker = await StartWorkerAsync(host);
        Assert.That((await SettledAsync(id)).Metadata, Is.EqualTo(new AssetMetadata(AssetKind.Video, 64, 32, 2) { SoundDuration = 3.5, Probed = "kept" }));
    }

    [Test]
    public async Task Of_what_was_stored_before_that_was_kept_it_is_not_known()
    {
        var asset = await host.ReceiveAsync(workspaceId, Now);
        await host.WriteAsync(db => db.Database.ExecuteSqlAsync(
            $$"""UPDATE assets SET metadata = '{"kind":"video","width":64,"height":32,"duration":2,"fonts":null}' WHERE id = {{asset.Id.Value}}"""));
        Assert.That((await host.FindAssetAsync(asset.Id)).Metadata, Is.EqualTo(new AssetMetadata(AssetKind.Video, 64, 32, 2)));
    }

    [TestCase("video/mp4", AssetStatus.Ready, null)]
    [TestCase("image/png", AssetStatus.Failed, "The file is a video, not an image.")]
    [TestCase("font/ttf", AssetStatus.Failed, "The file is a video, not a font.")]
    public async Task What_was_uploaded_is_held_to_the_kind_that_was_said(string type, AssetStatus status, string? message)
    {
        var path = Path.Combine(database.Folder, "upload");
        await File.WriteAllBytesAsync(path, Body);
        await host.Get<IObjectStorage>().PutAsync($"{workspaceId}/upload.bin", path, type, CancellationToken.None);
        var id = (await host.ReceiveAsync(workspaceId, Now, type, $"{workspaceId}/upload.bin")).Id;
        await using var worker = await StartWorkerAsync(host);
        var asset = await SettledAsync(id);
        Assert.That((asset.Status, asset.Error?.Message), Is.EqualTo((status, message)));
    }

    [Test]
    public async Task What_cannot_be_used_fails_with_what_was_found_and_leaves_nothing()
    {
        probe.Answer = (_, _) => throw new MediaException("invalid_source", "The source is no video.");
        var id = (await host.ImportAsync(workspaceId, Now, server.Url())).Id;
        await using var worker = await StartWorkerAsync(host);
        var asset = await SettledAsync(id);
        Assert.That(asset.Error, Is.EqualTo(new AssetError("invalid_source", "The source is no video.")));
        Assert.That(Stored, Is.Empty);
    }

    [Test]
    public async Task A_worker_whose_asset_was_taken_up_by_another_leaves_no_bytes()
    {
        AssetId id = default;
        probe.Answer = async (_, _) =>
        {
            // As when it had slept for longer than its lease.
            await host.WriteAsync(db => db.Assets.Where(asset => asset.Id == id).ExecuteUpdateAsync(asset => asset.SetProperty(row => row.Fence, 7)));
            return ScriptedProbe.Video;
        };
        id = (await host.ImportAsync(workspaceId, Now, server.Url())).Id;
        await using var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(() => host.Log.Lines.Any(line => line.Contains("no longer this process's", StringComparison.Ordinal)));
        Assert.That((await host.FindAssetAsync(id)).Status, Is.EqualTo(AssetStatus.Fetching));
        Assert.That(Stored, Is.Empty);
    }

    [Test]
    public async Task What_a_worker_put_there_that_died_before_it_could_say_so_goes_with_the_next_run()
    {
        var path = Path.Combine(database.Folder, "left");
        await File.WriteAllBytesAsync(path, Body);
        var asset = Asset.Import(AssetId.New(Now), ImportId.New(Now), workspaceId, server.Url(), null, Now);
        asset.Claim(TimeSpan.Zero, Now);
        await host.AddAssetAsync(asset);
        await host.Get<IObjectStorage>().PutAsync($"{workspaceId}/{asset.Id}-1", path, "video/webm", CancellationToken.None);
        await using var worker = await StartWorkerAsync(host);
        await SettledAsync(asset.Id);
        Assert.That(Stored.Where(name => !name.EndsWith('e')), Is.EqualTo(new[] { $"{asset.Id}-2" }));
    }

    [Test]
    public async Task A_worker_that_stops_hands_its_asset_to_another_and_the_run_does_not_count()
    {
        var begun = new TaskCompletionSource();
        probe.Answer = async (_, token) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
            return ScriptedProbe.Video;
        };
        var id = (await host.ImportAsync(workspaceId, Now, server.Url())).Id;
        var worker = await StartWorkerAsync(host);
        await begun.Task.InTimeAsync();
        await worker.DisposeAsync();
        Assert.That((await host.FindAssetAsync(id)).Runs, Is.Zero);

        probe.Answer = (_, _) => Task.FromResult(ScriptedProbe.Video);
        await using var second = NewHost();
        await using var next = await StartWorkerAsync(second);
        Assert.That((await SettledAsync(id)).Status, Is.EqualTo(AssetStatus.Ready));
    }

    [Test]
    public async Task Servers_that_send_nothing_do_not_hold_up_what_was_uploaded()
    {
        using var silent = new SourceServer((_, _) => Task.Delay(Timeout.Infinite));
        for (var i = 0; i < AssetWork.Fetch.Places; i++)
        {
            if (i % AssetWork.Fetch.PlacesOfOne == 0)
                workspaceId = await host.AddWorkspaceAsync(Now);
            await host.ImportAsync(workspaceId, Now, silent.Url());
        }

        await using var worker = await StartWorkerAsync(host);
        await Eventually.HoldsAsync(async () => await host.ReadAsync(db => db.Assets.CountAsync(asset => asset.Runs > 0)) == AssetWork.Fetch.Places);
        var path = Path.Combine(database.Folder, "upload");
        await File.WriteAllBytesAsync(path, Body);
        await host.Get<IObjectStorage>().PutAsync($"{workspaceId}/upload.bin", path, "video/mp4", CancellationToken.None);
        var id = (await host.ReceiveAsync(await host.AddWorkspaceAsync(Now), Now, "video/mp4", $"{workspaceId}/upload.bin")).Id;
        Assert.That((await SettledAsync(id)).Status, Is.EqualTo(AssetStatus.Ready));
    }

    static async Task<IAsyncDisposable> StartWorkerAsync(TestHost host)
    {
        var workers = host.Services.GetServices<IHostedService>().OfType<AssetWorker>().ToArray();
        foreach (var worker in workers)
            await worker.StartAsync(CancellationToken.None);
        return new Stopping(workers);
    }

    TestHost NewHost() => new(
        database,
        time: null,
        services => services.AddAssetWork(probe),
        ("Framelane:Outbound:AllowHttp", "true"), ("Framelane:Outbound:AllowedNetworks", "127.0.0.0/8"));

    async Task<Asset> SettledAsync(AssetId id)
    {
        await Eventually.HoldsAsync(async () => (await host.FindAssetAsync(id)).IsSettled);
        return await host.FindAssetAsync(id);
    }

    sealed class Stopping(AssetWorker[] workers) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Task.WhenAll(workers.Select(worker => worker.StopAsync(CancellationToken.None)));
    }
}
