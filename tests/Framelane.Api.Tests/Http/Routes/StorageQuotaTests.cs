using DomainPlan = Framelane.Domain.Workspaces.Plan;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>What a plan keeps of uploads and imports, over real HTTP.</summary>
public sealed class StorageQuotaTests
{
    ApiHost host = null!;

    Tenant free = null!;

    [SetUp]
    public async Task StartAsync()
    {
        host = await ApiHost.StartAsync(("Framelane:Plans:free:StorageBytes", "1000000"), ("Framelane:Plans:free:RequestsPerMinute", "100000"));
        free = await host.AddWorkspaceAsync(DomainPlan.Free);
    }

    [TearDown]
    public async Task StopAsync()
    {
        free.Dispose();
        await host.DisposeAsync();
    }

    [Test]
    public async Task Nothing_more_is_begun_once_it_is_full_and_what_is_deleted_makes_room()
    {
        var first = await Uploading.BeginAsync(free, host.Nobody);
        Assert.That((await first.PutAsync(new byte[1_000_000])).Status, Is.EqualTo(200));

        var upload = await free.Raw.PostAsync("/v1/uploads", """{"content_type": "video/mp4"}""");
        var import = await free.Raw.PostAsync("/v1/imports", $$"""{"url": "{{host.Url}}a.mp4"}""");
        var render = await free.Raw.PostAsync(
            "/v1/renders", $$"""{"ingest_external": true, "duration": 1, "elements": [{"type": "image", "id": "a", "duration": 1, "source_url": "{{host.Url}}a.png"}]}""");
        var details = upload.Json["error"]!["details"]!;
        Assert.Multiple(() =>
        {
            Assert.That((upload.Status, upload.Code), Is.EqualTo((402, "quota_exceeded")));
            Assert.That(((string?)details["plan"], (long)details["limit_bytes"]!, (long)details["used_bytes"]!), Is.EqualTo(("free", 1_000_000, 1_000_000)));
            Assert.That((import.Status, import.Code), Is.EqualTo((402, "quota_exceeded")));
            Assert.That((render.Status, render.Code), Is.EqualTo((402, "quota_exceeded")), render.Body);
        });

        await free.Client.DeleteAssetAsync(first.AssetId);
        Assert.That((await free.Raw.PostAsync("/v1/uploads", """{"content_type": "video/mp4"}""")).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task An_upload_that_says_that_it_is_longer_is_refused_at_once()
    {
        var upload = await Uploading.BeginAsync(free, host.Nobody);
        var told = await upload.PutAsync([1], 0, 1_000_001);
        var whole = await upload.PutAsync(new byte[1_000_001]);
        Assert.That((told.Status, told.Code, whole.Status, whole.Code), Is.EqualTo((402, "quota_exceeded", 402, "quota_exceeded")));
        Assert.That((await upload.PutAsync(new byte[1_000_000])).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task One_that_runs_is_stopped_where_the_room_ends_and_goes_on_once_there_is_some()
    {
        var (other, upload) = (await Uploading.BeginAsync(free, host.Nobody), await Uploading.BeginAsync(free, host.Nobody));
        await other.PutAsync(new byte[500_000]);
        var stopped = await upload.SendAsync(Uploading.Chunked(new MemoryStream(new byte[900_000])), null);
        Assert.That((stopped.Status, stopped.Code), Is.EqualTo((402, "quota_exceeded")), stopped.Body);

        await free.Client.DeleteAssetAsync(other.AssetId);
        var kept = int.Parse((await upload.AskAsync()).Header("Range")!.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture) + 1;
        Assert.That(kept, Is.GreaterThan(0).And.LessThanOrEqualTo(500_000));
        Assert.That((await upload.PutAsync(new byte[900_000 - kept], kept, 900_000)).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_import_that_is_larger_than_what_is_left_fails_and_says_so()
    {
        var upload = await Uploading.BeginAsync(free, host.Nobody);
        await upload.PutAsync(new byte[999_900]);
        var import = (string)(await free.Raw.PostAsync("/v1/imports", $$"""{"url": "{{host.Url}}openapi.json"}""")).Json["id"]!;
        Answer? told = null;
        await Eventually.HoldsAsync(async () => (string?)(told = await free.Raw.GetAsync($"/v1/imports/{import}")).Json["status"] == "failed");
        Assert.That((string?)told!.Json["error"]!["code"], Is.EqualTo("source_too_large"));
        Assert.That((string?)told.Json["error"]!["message"], Does.Contain("the 100 bytes that are left of what the workspace's plan keeps"));
    }

    [Test]
    public async Task Other_plans_keep_what_they_are_sent()
    {
        using var pro = await host.AddWorkspaceAsync(DomainPlan.Pro);
        var upload = await Uploading.BeginAsync(pro, host.Nobody);
        Assert.That((await upload.PutAsync(new byte[1_000_001])).Status, Is.EqualTo(200));
        Assert.That((await pro.Raw.PostAsync("/v1/uploads", """{"content_type": "video/mp4"}""")).Status, Is.EqualTo(201));
    }
}
