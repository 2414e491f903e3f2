using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Pictures of scenes over real HTTP, by the real renderer, beside what a job makes of the same scene.</summary>
public sealed class PreviewRouteTests : SharedHostTests
{
    static byte[] clip = [];

    string Url => $"{Receiver.Url}.mp4";

    [OneTimeSetUp]
    public static async Task MakeClip() => clip = await Footage.ClipAsync(128, 72, 4);

    [SetUp]
    public void ServeClip() => Receiver.Answer = (context, _) =>
    {
        context.Response.ContentLength = clip.Length;
        return context.Response.Body.WriteAsync(clip).AsTask();
    };

    [Test]
    public async Task A_frame_is_to_the_pixel_what_a_job_makes_of_the_same_scene_at_the_same_time()
    {
        var scene = Scene(128, 72);
        var preview = await Tenant.Raw.PostAsync("/v1/renders/preview?at=1.7", $$"""{"frame_at": 3, {{scene}}}""");
        var rendered = await RenderedAsync($$"""{"output_format": "png", "frame_at": 1.7, {{scene}}}""");
        Assert.That(preview.Status, Is.EqualTo(200), preview.Body);
        Assert.That((preview.Header("Content-Type"), preview.Header("Cache-Control"), preview.Header("Framelane-Warnings")), Is.EqualTo(("image/png", "no-store", "0")));
        Assert.That(await Footage.PixelsAsync(preview.Bytes), Is.EqualTo(await Footage.PixelsAsync(rendered)).AsCollection);
    }

    [Test]
    public async Task Without_a_time_it_is_the_scenes_own_or_the_middle()
    {
        var at = await Tenant.Raw.PostAsync("/v1/renders/preview", $$"""{"frame_at": 3, {{Scene(128, 72)}}}""");
        var middle = await Tenant.Raw.PostAsync("/v1/renders/preview?type=frame", $$"""{ {{Scene(128, 72)}} }""");
        var three = await Tenant.Raw.PostAsync("/v1/renders/preview?at=3", $$"""{ {{Scene(128, 72)}} }""");
        var two = await Tenant.Raw.PostAsync("/v1/renders/preview?at=2.0", $$"""{ {{Scene(128, 72)}} }""");
        Assert.That((Uploading.DigestOf(at.Bytes), Uploading.DigestOf(middle.Bytes)), Is.EqualTo((Uploading.DigestOf(three.Bytes), Uploading.DigestOf(two.Bytes))));
        Assert.That(Uploading.DigestOf(two.Bytes), Is.Not.EqualTo(Uploading.DigestOf(three.Bytes)));
    }

    [TestCase("", 640, 360)]
    [TestCase("?max_width=100", 100, 56)]
    [TestCase("?max_width=1920", 1280, 720)]
    public async Task A_larger_scene_is_drawn_small_and_looks_the_same(string query, int width, int height)
    {
        var preview = await Tenant.Raw.PostAsync("/v1/renders/preview" + query, $$"""{"frame_at": 2, {{Scene(1280, 720)}}}""");
        var rendered = await RenderedAsync($$"""{"output_format": "png", "frame_at": 2, {{Scene(1280, 720)}}}""");
        var small = await Footage.PixelsAsync(rendered, $"scale={width}:{height}:flags=area");
        var pixels = await Footage.PixelsAsync(preview.Bytes);

        Assert.That(await Footage.ProbeAsync(preview.Bytes, "stream=width,height"), Is.EqualTo(new[] { $"{width}", $"{height}" }));
        Assert.That(pixels, Has.Length.EqualTo(small.Length));
        // Edges are smoothed by another filter, and are more of a smaller picture: of 255, a few on average.
        Assert.That(pixels.Zip(small, (left, right) => Math.Abs(left - right)).Average(), Is.LessThan(width switch { 1280 => 0.001, 640 => 5, _ => 9 }));
    }

    [Test]
    public async Task A_sheets_cells_are_the_frames_at_the_middles_of_equal_shares_in_reading_order()
    {
        var scene = $$"""{ {{Scene(128, 72)}} }""";
        var sheet = await Tenant.Raw.PostAsync("/v1/renders/preview?type=contact_sheet&columns=3&rows=2&max_width=64&at=1", scene);
        Assert.That(await Footage.ProbeAsync(sheet.Bytes, "stream=width,height"), Is.EqualTo(new[] { "192", "72" }), sheet.Body);
        for (var cell = 0; cell < 6; cell++)
        {
            var at = (4 * (cell + 0.5) / 6).ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);
            var frame = await Tenant.Raw.PostAsync($"/v1/renders/preview?max_width=64&at={at}", scene);
            var part = await Footage.PixelsAsync(sheet.Bytes, $"crop=64:36:{cell % 3 * 64}:{cell / 3 * 36}");
            Assert.That(await Footage.PixelsAsync(frame.Bytes), Is.EqualTo(part).AsCollection, $"cell {cell}");
        }
    }

    [Test]
    public async Task Cells_are_320_wide_and_four_by_four_where_nothing_is_said_and_a_sheet_no_longer_than_4096()
    {
        var usual = await Tenant.Raw.PostAsync("/v1/renders/preview?type=contact_sheet", """{"duration": 1}""");
        var largest = await Tenant.Raw.PostAsync("/v1/renders/preview?type=contact_sheet&columns=8&rows=2&max_width=1920", """{"duration": 1, "width": 1920, "height": 1080}""");
        Assert.That(await Footage.ProbeAsync(usual.Bytes, "stream=width,height"), Is.EqualTo(new[] { "1280", "720" }));
        Assert.That(await Footage.ProbeAsync(largest.Bytes, "stream=width,height"), Is.EqualTo(new[] { "4096", "576" }));
    }

    [Test]
    public async Task All_that_a_render_is_refused_for_is_refused_and_what_is_wrong_with_the_query_beside_it()
    {
        const string Scene = """{"frame_rate": 0, "elements": [{"type": "image", "source_url": "https://10.0.0.1/a.png", "effects": [{"type": "sepla"}], "duration": 1}]}""";
        var render = await Tenant.Raw.PostAsync("/v1/renders", Scene);
        foreach (var type in new[] { "frame", "contact_sheet", "draft" })
        {
            var preview = await Tenant.Raw.PostAsync($"/v1/renders/preview?type={type}", Scene);
            Assert.That((preview.Status, preview.Body), Is.EqualTo((422, render.Body)));
        }

        var query = await Tenant.Raw.PostAsync("/v1/renders/preview?type=film&at=-1&columns=9&rows=0&max_width=15", """{"frame_rate": 0}""");
        Assert.That(query.Faults, Is.EqualTo(new[]
        {
            "body/frame_rate out_of_range", "query/at out_of_range", "query/columns out_of_range", "query/max_width out_of_range", "query/rows out_of_range", "query/type enum",
        }));
        foreach (var at in new[] { "soon", "NaN", "1e999", "1e", "e5", "%201" })
            Assert.That((await Tenant.Raw.PostAsync($"/v1/renders/preview?at={at}", "{}")).Faults, Is.EqualTo(new[] { "query/at number_type" }), at);
    }

    [TestCase("1e-5")]
    [TestCase("5.551115123125783E-17")]
    [TestCase("1E%2B0")]
    public async Task A_time_may_have_an_exponent(string at) =>
        Assert.That((await Tenant.Raw.PostAsync($"/v1/renders/preview?at={at}", $$"""{ {{Scene(128, 72)}} }""")).Status, Is.EqualTo(200));

    [Test]
    public async Task A_time_after_the_end_is_refused_where_it_stands()
    {
        var query = await Tenant.Raw.PostAsync("/v1/renders/preview?at=4.1", $$"""{ {{Scene(128, 72)}} }""");
        var body = await Tenant.Raw.PostAsync("/v1/renders/preview", $$"""{"frame_at": 4.1, {{Scene(128, 72)}}}""");
        var end = await Tenant.Raw.PostAsync("/v1/renders/preview?at=4", $$"""{ {{Scene(128, 72)}} }""");
        Assert.That((query.Status, query.Faults.Single(), body.Faults.Single(), end.Status), Is.EqualTo((422, "query/at out_of_range", "body/frame_at out_of_range", 200)));
        Assert.That((double)query.Json["detail"]![0]!["ctx"]!["le"]!, Is.EqualTo(4));
    }

    [TestCase("missing")]
    [TestCase("html")]
    [TestCase("truncated")]
    [TestCase("empty")]
    [TestCase("forbidden")]
    public async Task A_source_that_fails_a_job_fails_a_preview_in_the_same_words_at_its_place(string kind)
    {
        Receiver.Answer = (context, _) =>
        {
            byte[] body = kind switch { "html" => [.. "<html><body>Sign in</body></html>"u8], "truncated" => clip[..^4000], _ => [] };
            if (kind == "missing")
                context.Response.StatusCode = 404;
            if (kind == "forbidden")
                context.Response.Redirect("http://169.254.169.254/clip.mp4");
            return context.Response.Body.WriteAsync(body).AsTask();
        };
        var scene = $$"""{"elements": [{"type": "text", "text": "a", "duration": 1}, {"type": "video", "source_url": "{{Url}}"}]}""";
        var id = (string)(await Tenant.Raw.PostAsync("/v1/renders", scene)).Json["id"]!;
        JobResponse? job = null;
        await Eventually.HoldsAsync(async () => (job = await Tenant.Client.GetRenderAsync(id, wait: 5)).Status == JobStatus.Failed);
        foreach (var type in new[] { "frame", "contact_sheet" })
        {
            var preview = await Tenant.Raw.PostAsync($"/v1/renders/preview?type={type}", scene);
            var fault = preview.Json["detail"]![0]!;
            Assert.That((preview.Status, (string?)fault["type"], (string?)fault["msg"]), Is.EqualTo((422, job!.Error!.Code, job.Error.Message)), preview.Body);
            Assert.That(preview.Faults.Single(), Does.StartWith("body/elements/1"));
            Assert.That(preview.Code, Is.EqualTo(kind == "forbidden" ? "source_not_allowed" : "validation_error"));
        }

        await AssertNothingIsLeftAsync(Host);
    }

    [Test]
    public async Task Files_of_the_workspace_are_read_once_they_are_there_and_are_nobody_elses()
    {
        var upload = await Uploading.BeginAsync(Tenant, Host.Nobody);
        var scene = $$"""{"width": 64, "height": 36, "elements": [{"type": "video", "source_url": "{{upload.SourceUrl}}"}]}""";
        var early = await Tenant.Raw.PostAsync("/v1/renders/preview", scene);
        await upload.PutAsync(clip);
        await Eventually.HoldsAsync(async () => (await Tenant.Raw.GetAsync("/v1/workspace/assets")).Json["data"]!.AsArray().Count == 1);
        using var other = await Host.AddWorkspaceAsync();
        var mine = await Tenant.Raw.PostAsync("/v1/renders/preview", scene);
        var foreign = await other.Raw.PostAsync("/v1/renders/preview", scene);
        var renamed = await other.Raw.PostAsync("/v1/renders/preview", scene.Replace(upload.SourceUrl, upload.SourceUrlAsOf(other), StringComparison.Ordinal));

        Assert.That((early.Status, early.Faults.Single()), Is.EqualTo((422, "body/elements/0/source_url not_ready")));
        Assert.That(mine.Status, Is.EqualTo(200), mine.Body);
        Assert.That((foreign.Status, foreign.Faults.Single()), Is.EqualTo((422, "body/elements/0/source_url source_not_found")));
        Assert.That((renamed.Status, renamed.Faults.Single()), Is.EqualTo((422, "body/elements/0/source_url source_not_found")));
        Assert.That((string?)foreign.Json["detail"]![0]!["msg"], Is.EqualTo("elements[0].source_url: There is no such file in the workspace."), "never asked for over HTTP");
    }

    [Test]
    public async Task A_draft_is_a_job_that_says_so_small_and_with_few_frames()
    {
        var job = await Tenant.Client.DraftRenderAsync(new()
        {
            Duration = 1, FrameRate = 60, Width = 1920, Height = 1080, Metadata = new Dictionary<string, string> { ["order"] = "7" }, OutputFormat = OutputFormat.Gif, Quality = RenderQuality.High,
        });
        var made = await CompletedAsync(job.Id);
        var video = await DownloadedAsync(job.Id);
        var usual = await CompletedAsync((string)(await Tenant.Raw.PostAsync("/v1/renders", """{"duration": 0.1, "width": 16, "height": 16}""")).Json["id"]!);

        Assert.That((job.Draft, made.Draft, usual.Draft, made.Metadata!["order"]), Is.EqualTo((true, true, false, "7")));
        Assert.That(await Footage.ProbeAsync(video, "stream=codec_name,width,height,r_frame_rate,nb_frames"), Is.EqualTo(new[] { "h264", "480", "270", "15/1", "15" }));
    }

    [Test]
    public async Task A_draft_keeps_what_is_transparent_and_takes_another_size()
    {
        var answer = await Tenant.Raw.PostAsync("/v1/renders/preview?type=draft&max_width=64", """{"duration": 0.5, "width": 360, "height": 640, "frame_rate": 10, "alpha": true, "output_format": "webm"}""");
        Assert.That((answer.Status, answer.Header("Location")), Is.EqualTo((202, $"/v1/renders/{answer.Json["id"]}")));
        await CompletedAsync((string)answer.Json["id"]!);
        var video = await DownloadedAsync((string)answer.Json["id"]!);
        Assert.That(await Footage.ProbeAsync(video, "stream=codec_name,width,height,r_frame_rate:stream_tags=alpha_mode"), Is.EqualTo(new[] { "vp9", "36", "64", "10/1", "1" }));
    }

    [TestCase("png")]
    [TestCase("jpg")]
    [TestCase("mp4")]
    public async Task A_draft_lasts_no_longer_than_a_render_may_whatever_was_to_be_made_of_its_scene(string format)
    {
        var refused = await Tenant.Raw.PostAsync("/v1/renders/preview?type=draft", $$"""{"output_format": "{{format}}", "duration": 7200.001}""");
        var fault = refused.Json["detail"]![0]!;
        Assert.That((refused.Status, string.Join('/', fault["loc"]!.AsArray()), (string)fault["type"]!, (double)fault["ctx"]!["le"]!), Is.EqualTo((422, "body/duration", "out_of_range", 7200d)));
    }

    [Test]
    public async Task A_draft_is_made_once_under_a_key_and_a_picture_each_time()
    {
        var first = await Tenant.Raw.PostAsync("/v1/renders/preview?type=draft", """{"duration": 0.1}""", ("Idempotency-Key", "draft"));
        var again = await Tenant.Raw.PostAsync("/v1/renders/preview?type=draft", """{"duration": 0.1}""", ("Idempotency-Key", "draft"));
        var other = await Tenant.Raw.PostAsync("/v1/renders/preview?type=frame", """{"duration": 0.1}""", ("Idempotency-Key", "draft"));
        Assert.That(again.Header("Location"), Is.EqualTo(first.Header("Location")).And.EqualTo($"/v1/renders/{first.Json["id"]}"));
        var picture = await Tenant.Raw.PostAsync("/v1/renders/preview", $$"""{ {{Scene(128, 72)}} }""", ("Idempotency-Key", "picture"));
        var second = await Tenant.Raw.PostAsync("/v1/renders/preview", $$"""{ {{Scene(128, 72)}} }""", ("Idempotency-Key", "picture"));

        Assert.That((first.Status, again.Status, again.Body, other.Code), Is.EqualTo((202, 200, first.Body, "idempotency_conflict")));
        Assert.That((await Tenant.Client.ListRendersAsync()).Data, Has.Count.EqualTo(1));
        Assert.That((picture.Status, second.Status, Receiver.Deliveries.Count), Is.EqualTo((200, 200, 2)), "fetched twice");
    }

    /// <summary>That no process and no file of a preview is there, or goes at once.</summary>
    internal static async Task AssertNothingIsLeftAsync(ApiHost host)
    {
        IReadOnlyList<string> left = [];
        await Eventually.HoldsAsync(
            () => Task.FromResult((left = [.. Folders(host), .. Programs(host)]).Count == 0), () => $"A preview left something behind: {string.Join("; ", left)}");
    }

    internal static IReadOnlyList<string> Folders(ApiHost host) =>
        Directory.Exists(Path.Combine(host.Data.Path, "work")) ? [.. Directory.EnumerateDirectories(Path.Combine(host.Data.Path, "work"), "preview-*", SearchOption.AllDirectories)] : [];

    /// <summary>Command lines of processes that read or write a preview's files.</summary>
    internal static IReadOnlyList<string> Programs(ApiHost host) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)).Select(CommandLine)
            .Where(line => line.Contains(host.Data.Path, StringComparison.Ordinal) && line.Contains("/preview-", StringComparison.Ordinal)),
    ];

    static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>The fields of a scene whose numbers of pixels grow with its canvas.</summary>
    string Scene(int width, int height) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""
        "width": {{width}}, "height": {{height}}, "elements": [
          {"type": "video", "source_url": "{{Url}}", "out_point": 4},
          {"type": "text", "text": "A title", "duration": 4, "font_size": {{height / 6}}, "x_padding": {{width / 40}}, "background": true, "background_color": "#204060", "border_radius": {{height / 20}}, "y": {{height / 4}}, "height": {{height / 3}}}]
        """);

    async Task<byte[]> RenderedAsync(string scene)
    {
        var id = (string)(await Tenant.Raw.PostAsync("/v1/renders", scene)).Json["id"]!;
        await CompletedAsync(id);
        return await DownloadedAsync(id);
    }

    async Task<JobResponse> CompletedAsync(string id)
    {
        JobResponse? job = null;
        await Eventually.HoldsAsync(async () => (job = await Tenant.Client.GetRenderAsync(id, wait: 5)).CompletedAt is not null);
        Assert.That(job!.Error?.Message, Is.Null);
        return job;
    }

    async Task<byte[]> DownloadedAsync(string id)
    {
        using var file = new MemoryStream();
        await Tenant.Client.DownloadRenderAsync(id, file);
        return file.ToArray();
    }
}
