namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Imports, and renders that read what lies in storage, over real HTTP.</summary>
public sealed class ImportRouteTests : SharedHostTests
{
    /// <summary>A picture of one pixel.</summary>
    static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    Uri Source => new(Receiver.Url, "/logo");

    /// <summary>Types of the events in the order in which they came, but for progress.</summary>
    IEnumerable<string> Told => Receiver.Deliveries.Where(delivery => delivery.Body.Length > 0)
        .Select(delivery => delivery.Event.Type).Where(type => type != "render.progress");

    int Fetches => Receiver.Deliveries.Count(delivery => delivery.Body.Length == 0);

    [SetUp]
    public void Serve() => Receiver.Answer = async (context, _) =>
    {
        if (context.Request.Method == "GET")
            await context.Response.Body.WriteAsync(Png);
    };

    [Test]
    public async Task An_import_is_fetched_told_of_listed_and_downloaded()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url, "asset.ready");
        var accepted = await Tenant.Raw.PostAsync("/v1/imports", $$"""{"url": "{{Source}}", "filename": "rot.png"}""");
        var id = (string)accepted.Json["id"]!;
        var import = await SettledAsync($"/v1/imports/{id}", "ready");
        await Eventually.HoldsAsync(() => Told.Any());
        var told = Receiver.Deliveries.Single(delivery => delivery.Body.Length > 0);
        var listed = (await Tenant.Raw.GetAsync("/v1/workspace/assets")).Json["data"]!.AsArray().Single()!;
        var download = await Tenant.Raw.GetAsync(new Uri((string)import.Json["source_url"]!).AbsolutePath);

        Assert.Multiple(() =>
        {
            Assert.That((accepted.Status, (string?)accepted.Json["status"], accepted.Header("Location")), Is.EqualTo((202, "processing", $"/v1/imports/{id}")));
            Assert.That(Fields.Of(accepted.Json), Is.EquivalentTo(new[] { "id", "status", "source_url", "error", "created_at" }));
            Assert.That((string?)import.Json["source_url"], Does.Match($"^{Host.Url}files/{Tenant.Id}/ast_[0-9A-Z]{{26}}\\.png$"));
            Assert.That(told.IsSignedWith(webhook.Secret));
            Assert.That(((string?)listed["kind"], (int?)listed["width"], (int?)listed["height"], (double?)listed["duration"]), Is.EqualTo(("image", 1, 1, (double?)null)));
            Assert.That(System.Text.Json.Nodes.JsonNode.Parse(told.Body)!["data"]!.ToJsonString(), Is.EqualTo(listed.ToJsonString()));
            Assert.That((download.Status, download.Header("Location")), Is.EqualTo((302, download.Header("Location"))));
        });
    }

    [Test]
    public async Task An_import_of_what_is_not_there_fails_and_says_why()
    {
        Receiver.AnswerWith(404);
        var id = (string)(await Tenant.Raw.PostAsync("/v1/imports", $$"""{"url": "{{Source}}"}""")).Json["id"]!;
        var import = await SettledAsync($"/v1/imports/{id}", "failed");
        Assert.That(import.Json["error"]!.ToJsonString(), Is.EqualTo("""{"code":"source_not_found","message":"The source\u0027s server answered with status 404."}"""));
        Assert.That((string?)import.Json["source_url"], Is.Null);
    }

    [Test]
    public async Task A_render_of_what_is_still_to_be_uploaded_waits_queued_and_completes_once_it_is_there()
    {
        var upload = await Uploading.BeginAsync(Tenant, Host.Nobody, "image/png");
        var id = await RenderAsync(upload.SourceUrl);
        await Eventually.HoldsAsync(async () => await ClaimableAtAsync(id) > DateTimeOffset.UtcNow.AddSeconds(0.5).ToUnixTimeMilliseconds() * 1000);
        var waiting = await Tenant.Raw.GetAsync($"/v1/renders/{id}");
        var refused = await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{upload.AssetId}");
        await upload.PutAsync(Png);
        await SettledAsync($"/v1/renders/{id}", "completed");
        Assert.That(((string?)waiting.Json["status"], refused.Status), Is.EqualTo(("queued", 409)));
    }

    [Test]
    public async Task Sources_are_copied_first_where_that_was_asked_for_and_are_listed_as_assets()
    {
        await Tenant.CreateWebhookAsync(Receiver.Url);
        var id = await RenderAsync(Source.AbsoluteUri, ingest: true, status: "ingesting");
        await SettledAsync($"/v1/renders/{id}", "completed");
        await Eventually.HoldsAsync(() => Told.Contains("render.completed") && Told.Contains("asset.ready"));
        Assert.That(Told.Where(type => type != "asset.ready"), Is.EqualTo(new[] { "render.queued", "render.processing", "render.completed" }));
        Assert.That((await Tenant.Raw.GetAsync("/v1/workspace/assets")).Json["data"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(Fetches, Is.EqualTo(1));
    }

    [Test]
    public async Task A_source_that_cannot_be_copied_fails_the_job_and_names_the_element()
    {
        Receiver.AnswerWith(404);
        var id = await RenderAsync(Source.AbsoluteUri, ingest: true, status: "ingesting");
        var job = await SettledAsync($"/v1/renders/{id}", "failed");
        Assert.That(((string?)job.Json["error"]!["code"], (string?)job.Json["error"]!["message"]), Is.EqualTo(
            ("source_not_found", "elements[0].source_url: The source's server answered with status 404.")));
    }

    [Test]
    public async Task Anothers_file_is_not_there_even_when_it_is_ready()
    {
        using var other = await Host.AddWorkspaceAsync();
        var upload = await Uploading.BeginAsync(other, Host.Nobody, "image/png");
        await upload.PutAsync(Png);
        var id = await RenderAsync(upload.SourceUrl);
        var job = await SettledAsync($"/v1/renders/{id}", "failed");
        Assert.That(((string?)job.Json["error"]!["code"], (string?)job.Json["error"]!["message"]), Is.EqualTo(
            ("source_not_found", "elements[0].source_url: There is no such file in the workspace.")));
    }

    [Test]
    public async Task Anothers_file_is_not_there_by_ones_own_path_either()
    {
        using var other = await Host.AddWorkspaceAsync();
        var upload = await Uploading.BeginAsync(other, Host.Nobody, "image/png");
        await upload.PutAsync(Png);
        var refused = await PostAsync(upload.SourceUrlAsOf(Tenant));
        Assert.That((refused.Status, refused.Faults.Single()), Is.EqualTo((422, "body/elements/0/source_url source_not_found")));
    }

    Task<Answer> PostAsync(string url, bool ingest = false) => Tenant.Raw.PostAsync("/v1/renders", $$"""
        {"output_format": "png", "width": 16, "height": 16, "ingest_external": {{(ingest ? "true" : "false")}},
         "elements": [{"type": "image", "id": "a", "duration": 1, "source_url": "{{url}}"}]}
        """);

    async Task<string> RenderAsync(string url, bool ingest = false, string status = "queued")
    {
        var answer = await PostAsync(url, ingest);
        Assert.That((answer.Status, (string?)answer.Json["status"]), Is.EqualTo((202, status)), answer.Body);
        return (string)answer.Json["id"]!;
    }

    async Task<Answer> SettledAsync(string path, string status)
    {
        Answer? answer = null;
        await Eventually.HoldsAsync(async () => (string?)(answer = await Tenant.Raw.GetAsync(path)).Json["status"] == status, $"{path} did not become {status}: {answer}");
        return answer!;
    }

    static async Task<long> ClaimableAtAsync(string id)
    {
        var cells = (await Host.Data.Database.CellsAsync()).Where(cell => cell.Table == "jobs").ToLookup(cell => cell.Row);
        return (long)cells.Single(row => row.Any(cell => cell.Column == "id" && id.Equals(cell.Value))).Single(cell => cell.Column == "claimable_at").Value;
    }
}
