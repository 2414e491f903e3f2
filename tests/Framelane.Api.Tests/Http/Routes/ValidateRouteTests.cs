using System.Text.Json.Nodes;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>What validation says of a scene is what a render would be answered, and nothing comes of it.</summary>
public sealed class ValidateRouteTests : SharedHostTests
{
    const string Forbidden = "https://169.254.169.254/latest/clip.mp4";

    static readonly string[] Refused =
    [
        """
        {
          "width": 1280, "alpha": true, "frame_at": -1, "frame_rate": "30",
          "elements": [
            {"type": "video", "id": "a", "source_url": "https://example.com/a.avi", "in_point": 2, "out_point": 1, "crop_left": 0.5, "crop_right": 0.5, "x": "90deg"},
            {"type": "image", "id": "a", "source_url": "https://example.com/a.png", "duration": 1, "effects": [{"type": "sepla"}], "motion": [{"type": "ken_burns_in", "duration": 1, "reversed": true, "scope": "character"}]},
            {"type": "audio", "source_url": "https://example.com/a.mp3", "fade_in_duration": -1, "duration": 3}
          ],
          "transitions": [{"type": "cross_disolve", "duration": 0, "from_id": "a", "to_id": "a"}, {"type": "fade", "duration": 1, "from_id": "a", "to_id": "nobody"}]
        }
        """,
        $$"""{"background_image_url": "{{Forbidden}}", "elements": [{"type": "video", "source_url": "{{Forbidden}}", "lut_url": "{{Forbidden}}"}]}""",
        """{"elements": [{"type": "video", "source_url": "https://ann:hunter2@1.1.1.1/a.mp4"}]}""",
        """{"elements": [{"type": "text", "text": "", "duration": 0, "font_family": "Intre", "word_animation": {"style": "glow", "words": []}, "animation_preset": "typewritter"}]}""",
        """{"elements": [{"type": "vide"}, 7, {"type": "composition", "elements": [{"type": "composition", "duration": 1}]}]}""",
        """{"webhook_url": "https://127.0.0.1/hook", "metadata": {"": "a"}, "output_format": "mkv"}""",
        """{"elements": {}, "transitions": null}""",
        "[]",
        "null",
        "7",
        "",
    ];

    [TestCaseSource(nameof(Refused))]
    public async Task All_that_a_render_is_refused_for_is_told_in_the_same_words_and_order(string scene) => await AssertAlikeAsync(scene);

    [Test]
    public async Task Files_that_are_not_in_the_workspace_are_told_as_a_render_is_refused_for_them()
    {
        var missing = $"{Host.Url}files/{Tenant.Id}/{Domain.Assets.AssetId.New(DateTimeOffset.UtcNow)}.mp4";
        await AssertAlikeAsync($$"""{"frame_rate": 0, "elements": [{"type": "video", "source_url": "{{missing}}"}, {"type": "text", "text": "a", "duration": 1, "font_family": "Nowhere"}]}""");
    }

    [Test]
    public async Task More_faults_than_are_told_are_the_same_thousand()
    {
        var elements = string.Join(", ", Enumerable.Repeat("""{"type": "image", "opacity": "x", "x_scale": true}""", 400));
        await AssertAlikeAsync($$"""{"elements": [{{elements}}]}""");
    }

    [Test]
    public async Task A_valid_scene_has_no_errors_and_an_estimate()
    {
        var answer = await Tenant.Raw.PostAsync("/v1/renders/validate", """
            {"width": 641, "height": 360, "frame_rate": 25, "elements": [
              {"type": "video", "source_url": "https://example.com/a.mp4", "in_point": 1, "out_point": 7, "speed": 2},
              {"type": "text", "id": "late", "text": "a", "time": 3, "duration": 0.000001}]}
            """);
        var estimate = answer.Json["estimate"]!;
        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, (bool)answer.Json["valid"]!, answer.Json["errors"]!.AsArray().Count), Is.EqualTo((200, true, 0)));
            Assert.That(Fields.Of(estimate), Is.EquivalentTo(new[] { "work_seconds", "render_minutes", "frames", "width", "height", "duration", "frame_rate" }));
            Assert.That(((int)estimate["width"]!, (int)estimate["height"]!, (int)estimate["frames"]!, (double)estimate["frame_rate"]!), Is.EqualTo((642, 360, 75, 25d)));
            Assert.That(((double)estimate["duration"]!, (double)estimate["render_minutes"]!), Is.EqualTo((3d, 0.05)));
            Assert.That((double)estimate["work_seconds"]!, Is.GreaterThan(0));
        });
    }

    [Test]
    public async Task Its_warnings_are_those_of_the_job()
    {
        const string Scene = """{"output_format": "gif", "width": 16, "height": 16, "duration": 0.1, "elements": [{"type": "text", "id": "late", "text": "a", "time": 3, "duration": 1}]}""";
        var told = (await Tenant.Raw.PostAsync("/v1/renders/validate", Scene)).Json["warnings"]!.AsArray().Select(warning => (string?)warning).ToArray();
        var id = (string)(await Tenant.Raw.PostAsync("/v1/renders", Scene)).Json["id"]!;
        JsonNode? job = null;
        await Eventually.HoldsAsync(async () => (string?)(job = (await Tenant.Raw.GetAsync($"/v1/renders/{id}?wait=5")).Json)["status"] == "completed");
        Assert.That(told, Has.Length.EqualTo(2));
        Assert.That(told, Is.EqualTo(job!["warnings"]!.AsArray().Select(warning => (string?)warning)));
    }

    [Test]
    public async Task Of_the_workspaces_own_files_it_knows_how_long_they_are_and_of_others_that_it_does_not()
    {
        var own = await Uploading.BeginAsync(Tenant, Host.Nobody);
        await own.PutAsync(await Footage.ClipAsync(64, 32, 2));
        await Eventually.HoldsAsync(async () => (await Tenant.Raw.GetAsync("/v1/workspace/assets")).Json["data"]!.AsArray().Count == 1);
        using var other = await Host.AddWorkspaceAsync();

        var mine = await Tenant.Raw.PostAsync("/v1/renders/validate", Clip(own.SourceUrl));
        var foreign = await other.Raw.PostAsync("/v1/renders/validate", Clip(own.SourceUrl));
        var renamed = await other.Raw.PostAsync("/v1/renders/validate", Clip(own.SourceUrlAsOf(other)));
        var elsewhere = await Tenant.Raw.PostAsync("/v1/renders/validate", Clip($"{Receiver.Url}.mp4"));

        Assert.Multiple(() =>
        {
            Assert.That(((double)mine.Json["estimate"]!["duration"]!, mine.Json["warnings"]!.AsArray().Count), Is.EqualTo((2d, 0)));
            Assert.That((string?)renamed.Json["errors"]!.AsArray().Single()!["type"], Is.EqualTo("source_not_found"));
            foreach (var unknown in new[] { foreign, elsewhere })
            {
                Assert.That((bool)unknown.Json["valid"]!, Is.True);
                Assert.That(unknown.Json["estimate"]!["duration"], Is.Null);
                Assert.That(unknown.Json["estimate"]!["work_seconds"], Is.Null);
                Assert.That((string?)unknown.Json["warnings"]!.AsArray().Single(), Does.StartWith("elements[0] lasts as long as its source"));
            }

            Assert.That(Receiver.Deliveries, Is.Empty, "nothing is fetched");
        });
    }

    [Test]
    public async Task Nothing_is_made_or_kept()
    {
        var before = await SnapshotAsync();
        await Tenant.Raw.PostAsync("/v1/renders/validate", """{"metadata": {"a": "b"}}""", ("Idempotency-Key", "the key"));
        await Tenant.Raw.PostAsync("/v1/renders/validate", """{"frame_rate": 0}""", ("Idempotency-Key", "the key"));
        Assert.That(await SnapshotAsync(), Is.EqualTo(before));
        Assert.That((await Tenant.Client.ListRendersAsync()).Data, Is.Empty);
    }

    [Test]
    public async Task Whoever_is_not_let_in_or_sends_no_JSON_is_refused_as_everywhere()
    {
        var broken = await Tenant.Raw.PostAsync("/v1/renders/validate", "{");
        var nobody = await Host.Nobody.PostAsync("/v1/renders/validate", "{}");
        var large = await Tenant.Raw.PostAsync("/v1/renders/validate", $$"""{"name": "{{new string('x', 3 << 20)}}"}""");
        Assert.That((broken.Status, broken.Code, nobody.Status, large.Status), Is.EqualTo((400, "invalid_request", 401, 413)));
    }

    static string Clip(string url) => $$"""{"elements": [{"type": "video", "source_url": "{{url}}"}]}""";

    async Task AssertAlikeAsync(string scene)
    {
        var body = scene.Length > 0 ? scene : null;
        var refused = await Tenant.Raw.PostAsync("/v1/renders", body);
        var told = await Tenant.Raw.PostAsync("/v1/renders/validate", body);
        Assert.Multiple(() =>
        {
            Assert.That((refused.Status, told.Status), Is.EqualTo((422, 200)), told.Body);
            Assert.That((bool)told.Json["valid"]!, Is.False);
            Assert.That(told.Json["errors"]!.ToJsonString(), Is.EqualTo(refused.Json["detail"]!.ToJsonString()));
            Assert.That(told.Json["errors"]!.AsArray(), Is.Not.Empty);
            Assert.That(told.Json["warnings"]!.AsArray(), Is.Empty);
            Assert.That(told.Json["estimate"], Is.Null);
        });
    }
}
