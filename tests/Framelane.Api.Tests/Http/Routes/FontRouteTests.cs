using Framelane.Rendering.Tests.Text;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Fonts that are uploaded, and texts that name them, over real HTTP and by the real renderer.</summary>
public sealed class FontRouteTests : SharedHostTests
{
    /// <summary>Of the collection, in its order.</summary>
    static readonly string[] Faces =
        [.. new[] { "Sign Sans CJK", "Sign Sans Mono CJK" }.SelectMany(family => new[] { "JP", "KR", "SC", "TC", "HK" }.Select(region => $"{family} {region}"))];

    [TestCase("font/ttf")]
    [TestCase("font/woff")]
    [TestCase("font/woff2")]
    public async Task A_text_is_set_in_a_font_that_was_uploaded(string type)
    {
        var font = FontFiles.Renamed(FontFiles.Serif, "Studio Serif");
        await UploadAsync(Tenant, type switch { "font/woff" => FontFiles.Woff(font), "font/woff2" => FontFiles.Woff2(font), _ => font }, type);
        var drawn = await DrawnAsync("Studio Serif");
        Assert.That(drawn, Is.EqualTo(await DrawnAsync("DejaVu Serif")).And.Not.EqualTo(await DrawnAsync("Inter")));
    }

    /// <remarks>The character is drawn in another way in each region, so that a face that is taken for its neighbour shows.</remarks>
    [Test]
    public async Task A_text_is_set_in_each_face_of_a_collection_that_was_uploaded()
    {
        string[] regions = ["JP", "SC", "TC"];
        var id = await UploadAsync(Tenant, FontFiles.RenamedInPlace(FontFiles.Ideographs, "Noto", "Sign"));
        var asset = (await Tenant.Raw.GetAsync("/v1/workspace/assets")).Json["data"]!.AsArray().Single()!;
        var listed = (await Tenant.Raw.GetAsync("/v1/capabilities")).Json["fonts"]!.AsArray().Select(font => (string)font!["type"]!).Where(family => family.StartsWith("Sign ", StringComparison.Ordinal));
        var drawn = new List<string>();
        foreach (var region in regions)
        {
            drawn.Add(await DrawnAsync($"Sign Sans CJK {region}", text: "骨"));
            Assert.That(drawn[^1], Is.EqualTo(await DrawnAsync($"Noto Sans CJK {region}", text: "骨")), region);
        }

        var families = asset["fonts"]!.AsArray().Select(font => (string)font!["family"]!).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(drawn, Is.Unique);
            Assert.That((string?)asset["id"], Is.EqualTo(id));
            Assert.That((string?)asset["kind"], Is.EqualTo("font"));
            Assert.That(families, Is.EqualTo(Faces).AsCollection);
            Assert.That(listed, Is.EqualTo(Faces.Order(StringComparer.Ordinal)).AsCollection);
        });
    }

    [Test]
    public async Task A_collection_that_was_cut_off_is_no_asset_and_its_families_are_unknown()
    {
        var whole = FontFiles.RenamedInPlace(FontFiles.Ideographs, "Noto", "Torn");
        var upload = await Uploading.BeginAsync(Tenant, Host.Nobody, "font/ttf");
        await upload.PutAsync(whole[..(whole.Length / 2)]);
        // What comes after it is looked at after it.
        await UploadAsync(Tenant, FontFiles.Renamed(FontFiles.Serif, "Studio Serif"));
        var submitted = await SubmitAsync(Tenant, "Torn Sans CJK JP");

        Assert.That((submitted.Status, submitted.Faults.Single()), Is.EqualTo((422, "body/elements/0/font_family enum")));
        Assert.That((await Tenant.Raw.GetAsync("/v1/workspace/assets")).Body, Does.Not.Contain(upload.AssetId));
    }

    [Test]
    public async Task A_collection_is_sent_as_what_is_in_it_for_it_has_no_type_of_its_own()
    {
        var answer = await Tenant.Raw.PostAsync("/v1/uploads", """{"content_type": "font/collection"}""");
        Assert.That((answer.Status, answer.Code), Is.EqualTo((422, "unsupported_content_type")));
    }

    [Test]
    public async Task Weight_and_style_choose_among_the_family_s_files_of_which_the_newest_counts()
    {
        await UploadAsync(Tenant, FontFiles.Renamed(FontFiles.Serif, "Studio Sans"));
        foreach (var path in new[] { FontFiles.Regular, FontFiles.Bold, FontFiles.Italic })
            await UploadAsync(Tenant, FontFiles.Renamed(path, "Studio Sans"));
        foreach (var style in new[] { "", """, "font_weight": 700""", """, "font_style": "italic" """ })
            Assert.That(await DrawnAsync("Studio Sans", style), Is.EqualTo(await DrawnAsync("DejaVu Sans", style)), style);
    }

    [Test]
    public async Task The_catalogue_lists_it_to_its_workspace_and_the_asset_says_what_it_is()
    {
        await UploadAsync(Tenant, FontFiles.Renamed(FontFiles.Bold, "Studio Sans"));
        using var other = await Host.AddWorkspaceAsync();
        var own = await Tenant.Raw.GetAsync("/v1/capabilities");
        var (others, anyones) = (await other.Raw.GetAsync("/v1/capabilities"), await Host.Nobody.GetAsync("/v1/capabilities"));
        var fonts = own.Json["fonts"]!.AsArray().ToDictionary(font => (string)font!["type"]!, font => font!["parameters"]!["font_weight"]!);
        var asset = (await Tenant.Raw.GetAsync("/v1/workspace/assets")).Json["data"]![0]!;

        Assert.Multiple(() =>
        {
            Assert.That(((int)fonts["Studio Sans"]["min"]!, (int)fonts["Studio Sans"]["max"]!), Is.EqualTo((700, 700)));
            Assert.That(fonts.Keys, Is.EqualTo(fonts.Keys.Order(StringComparer.Ordinal)).And.Contains("Inter"));
            Assert.That((others.Body, others.Header("ETag")), Is.EqualTo((anyones.Body, anyones.Header("ETag"))));
            Assert.That(anyones.Body, Does.Not.Contain("Studio Sans"));
            Assert.That((own.Header("Cache-Control"), own.Header("Vary")), Is.EqualTo(("no-cache, private", "Authorization")));
            Assert.That((anyones.Header("Cache-Control"), anyones.Header("Vary")), Is.EqualTo(("public, max-age=300", "Authorization")));
            Assert.That(own.Header("ETag"), Is.Not.EqualTo(anyones.Header("ETag")));
            Assert.That(asset["fonts"]!.ToJsonString(), Is.EqualTo("""[{"family":"Studio Sans","lightest_weight":700,"heaviest_weight":700,"is_italic":false}]"""));
        });
    }

    [Test]
    public async Task A_family_that_is_neither_installed_nor_the_workspace_s_is_refused_with_the_nearest_name_that_is()
    {
        await UploadAsync(Tenant, FontFiles.Renamed(FontFiles.Serif, "Studio Serif"));
        using var other = await Host.AddWorkspaceAsync();
        var (misspelt, foreign) = (await SubmitAsync(Tenant, "Studio Serf"), await SubmitAsync(other, "Studio Serif"));
        var nested = await Tenant.Raw.PostAsync("/v1/renders", """
            {"frame_rate": 0, "elements": [{"type": "composition", "duration": 1, "elements": [{"type": "text", "text": "a", "duration": 1, "font_family": "Nowhere"}]}]}
            """);

        Assert.Multiple(() =>
        {
            Assert.That((misspelt.Status, misspelt.Faults.Single()), Is.EqualTo((422, "body/elements/0/font_family enum")));
            Assert.That(misspelt.Body, Does.Contain("Did you mean 'Studio Serif'?"));
            Assert.That((foreign.Status, foreign.Faults.Single()), Is.EqualTo((422, "body/elements/0/font_family enum")));
            Assert.That(foreign.Json["detail"]!.ToJsonString(), Does.Not.Contain("Studio Serif'"));
            Assert.That(nested.Faults, Is.EqualTo(new[] { "body/elements/0/elements/0/font_family enum", "body/frame_rate out_of_range" }));
        });
    }

    [Test]
    public async Task A_font_that_a_job_uses_is_kept_and_once_deleted_its_family_is_unknown()
    {
        var id = await UploadAsync(Tenant, FontFiles.Renamed(FontFiles.Serif, "Studio Serif"));
        var job = (string)(await SubmitAsync(Tenant, "Studio Serif", """, "frame_rate": 240, "duration": 3600, "output_format": "mp4" """)).Json["id"]!;
        var used = await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{id}");
        await Tenant.Raw.SendAsync("DELETE", $"/v1/renders/{job}");
        var deleted = await Tenant.Raw.SendAsync("DELETE", $"/v1/workspace/assets/{id}");
        var late = await SubmitAsync(Tenant, "Studio Serif");

        Assert.That((used.Status, used.Code, deleted.Status), Is.EqualTo((409, "conflict", 204)));
        Assert.That((late.Status, late.Faults.Single()), Is.EqualTo((422, "body/elements/0/font_family enum")));
        Assert.That((await Tenant.Raw.GetAsync("/v1/capabilities")).Body, Does.Not.Contain("Studio Serif"));
    }

    static Task<Answer> SubmitAsync(Tenant tenant, string family, string more = "", string style = "", string text = "Ragged") => tenant.Raw.PostAsync("/v1/renders", $$"""
        {"width": 160, "height": 64{{(more.Length == 0 ? ", \"output_format\": \"png\"" : more)}},
         "elements": [{"type": "text", "text": "{{text}}", "duration": 1, "font_size": 30, "font_family": "{{family}}"{{style}}}]}
        """);

    /// <returns>The asset's id.</returns>
    static async Task<string> UploadAsync(Tenant tenant, byte[] font, string type = "font/ttf")
    {
        var upload = await Uploading.BeginAsync(tenant, Host.Nobody, type);
        await upload.PutAsync(font);
        await Eventually.HoldsAsync(async () => (await tenant.Raw.GetAsync("/v1/workspace/assets")).Body.Contains(upload.AssetId, StringComparison.Ordinal));
        return upload.AssetId;
    }

    /// <returns>A digest of the picture of a text.</returns>
    async Task<string> DrawnAsync(string family, string style = "", string text = "Ragged")
    {
        var id = (string)(await SubmitAsync(Tenant, family, style: style, text: text)).Json["id"]!;
        await Eventually.HoldsAsync(async () => (string?)(await Tenant.Raw.GetAsync($"/v1/renders/{id}?wait=5")).Json["status"] == "completed");
        var download = await Tenant.Raw.GetAsync($"/v1/renders/{id}/download");
        return Uploading.DigestOf((await Host.Nobody.GetAsync(new Uri(download.Header("Location")!).PathAndQuery)).Bytes);
    }
}
