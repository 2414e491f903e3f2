using Framelane.Domain.Assets;
using AssetId = Framelane.Domain.Assets.AssetId;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>The workspace's files: listed, downloaded, deleted.</summary>
public sealed class AssetRouteTests : SharedHostTests
{
    static readonly byte[] Content = [1, 2, 3];

    [Test]
    public async Task Assets_that_are_ready_are_listed_newest_first_page_by_page_and_are_nobody_elses()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Insert(0, (await AddAsync()).Id.Value);
        await Uploading.BeginAsync(Tenant, Host.Nobody);
        using var other = await Host.AddWorkspaceAsync();

        var all = await Tenant.Raw.GetAsync("/v1/workspace/assets");
        var first = await Tenant.Raw.GetAsync("/v1/workspace/assets?limit=2");
        var second = await Tenant.Raw.GetAsync($"/v1/workspace/assets?limit=2&cursor={first.Json["next_cursor"]}");
        Assert.Multiple(() =>
        {
            Assert.That(Ids(all), Is.EqualTo(ids));
            Assert.That((Ids(first).Count, (bool)first.Json["has_more"]!), Is.EqualTo((2, true)));
            Assert.That(Ids(first).Concat(Ids(second)), Is.EqualTo(ids));
            Assert.That(async () => Ids(await other.Raw.GetAsync("/v1/workspace/assets")), Is.Empty);
        });
    }

    [Test]
    public async Task An_asset_is_shown_by_what_was_found_in_it()
    {
        var asset = await AddAsync();
        var shown = (await Tenant.Raw.GetAsync("/v1/workspace/assets")).Json["data"]![0]!;
        Assert.Multiple(() =>
        {
            Assert.That(Fields.Of(shown), Is.EquivalentTo(new[] { "id", "source_url", "kind", "duration", "width", "height", "created_at", "expires_at" }));
            Assert.That((string?)shown["source_url"], Is.EqualTo($"{Host.Url}files/{Tenant.Id}/{asset.Id}.mp4"));
            Assert.That(((string?)shown["kind"], (double)shown["duration"]!, (int)shown["width"]!, (int)shown["height"]!), Is.EqualTo(("video", 2.5, 64, 32)));
            Assert.That(shown["expires_at"], Is.Null);
        });
    }

    [Test]
    public async Task A_source_is_downloaded_with_the_key_by_a_signed_url_that_needs_none()
    {
        var asset = await AddAsync();
        var answer = await Tenant.Raw.GetAsync(PathOf(asset));
        Assert.That(answer.Status, Is.EqualTo(302));
        var file = await Host.Nobody.GetAsync(new Uri(answer.Header("Location")!).PathAndQuery);
        Assert.Multiple(() =>
        {
            Assert.That((file.Status, file.Bytes), Is.EqualTo((200, Content)));
            Assert.That(file.Header("Content-Disposition"), Does.Contain("holiday.mp4"));
            Assert.That(async () => (await Host.Nobody.GetAsync(PathOf(asset))).Status, Is.EqualTo(401));
        });
    }

    [Test]
    public async Task What_is_another_workspaces_or_none_is_not_found()
    {
        var asset = await AddAsync();
        using var other = await Host.AddWorkspaceAsync();
        foreach (var path in new[] { PathOf(asset), PathOf(asset).Replace(Tenant.Id.Value, other.Id.Value, StringComparison.Ordinal) })
            AssertNotFound(await other.Raw.GetAsync(path), "File not found.");
        foreach (var path in new[] { PathOf(asset) + "4", PathOf(asset)[..^1], $"/files/{Tenant.Id}/none.mp4", $"/files/{Tenant.Id}/{AssetId.New(DateTimeOffset.UtcNow)}.mp4" })
            AssertNotFound(await Tenant.Raw.GetAsync(path), "File not found.");
        AssertNotFound(await other.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{asset.Id}"), "Asset not found.");
        Assert.That((await Tenant.Raw.GetAsync(PathOf(asset))).Status, Is.EqualTo(302));
    }

    [Test]
    public async Task What_is_awaited_is_not_ready()
    {
        var upload = await Uploading.BeginAsync(Tenant, Host.Nobody);
        var file = await Tenant.Raw.GetAsync(new Uri(upload.SourceUrl).AbsolutePath);
        var deleted = await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{upload.AssetId}");
        Assert.That((file.Status, file.Code), Is.EqualTo((409, "not_ready")));
        Assert.That((deleted.Status, deleted.Code), Is.EqualTo((409, "conflict")));
    }

    [Test]
    public async Task What_is_deleted_is_gone_for_good()
    {
        var asset = await AddAsync();
        var deleted = await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{asset.Id}");
        Assert.That((deleted.Status, deleted.Body), Is.EqualTo((204, "")));
        AssertNotFound(await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{asset.Id}"), "Asset not found.");
        AssertNotFound(await Tenant.Raw.GetAsync(PathOf(asset)), "File not found.");
        Assert.That(Ids(await Tenant.Raw.GetAsync("/v1/workspace/assets")), Is.Empty);
        var entry = (await Tenant.Raw.GetAsync("/v1/workspace/audit-log")).Json["data"]![0]!;
        Assert.That(((string?)entry["action"], (string?)entry["target_id"]), Is.EqualTo(("asset.deleted", asset.Id.Value)));
    }

    [Test]
    public async Task What_a_job_uses_is_kept_until_the_job_is_at_its_end()
    {
        var asset = await AddAsync();
        var job = (string)(await Tenant.Raw.PostAsync("/v1/renders", """{"width": 1920, "height": 1080, "frame_rate": 240, "duration": 3600}""")).Json["id"]!;
        await Host.Data.Database.ExecuteAsync(
            "insert into job_sources (job_id, asset_id, url, place) values (@job, @asset, 'x', 'x')", ("@job", job), ("@asset", asset.Id.Value));
        var used = await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{asset.Id}");
        await Tenant.Raw.SendAsync("DELETE", $"/v1/renders/{job}");
        Assert.That((used.Status, used.Code), Is.EqualTo((409, "conflict")));
        Assert.That((await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{asset.Id}")).Status, Is.EqualTo(204));
    }

    static List<string> Ids(Answer answer) => [.. answer.Json["data"]!.AsArray().Select(asset => (string)asset!["id"]!)];

    static void AssertNotFound(Answer answer, string message) =>
        Assert.That((answer.Status, answer.Code, answer.Message), Is.EqualTo((404, "not_found", message)));

    string PathOf(Asset asset) => $"/files/{Tenant.Id}/{asset.Id}.mp4";

    Task<Asset> AddAsync() => ReadyAsset.AddAsync(Host, Tenant, Content);
}
