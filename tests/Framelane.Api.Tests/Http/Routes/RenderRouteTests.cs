using Framelane.Client;

namespace Framelane.Api.Tests.Http.Routes;

/// <summary>Renders over real HTTP, by the real renderer.</summary>
public sealed class RenderRouteTests : SharedHostTests
{
    const string Still = """{"output_format": "png", "width": 64, "height": 32, "background_color": "#ff0000", "output_filename": "rot", "metadata": {"order": "7"}}""";

    const string Endless = """{"width": 1920, "height": 1080, "frame_rate": 240, "duration": 3600}""";

    [Test]
    public async Task A_render_is_queued_processed_completed_and_downloaded_without_a_key()
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);
        var accepted = await Tenant.Raw.PostAsync("/v1/renders", Still);
        var id = (string)accepted.Json["id"]!;
        var job = await CompletedAsync(id);
        var download = await Tenant.Raw.GetAsync($"/v1/renders/{id}/download");
        using var anyone = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var file = await anyone.GetAsync(download.Header("Location"));
        var bytes = await file.Content.ReadAsByteArrayAsync();
        await Eventually.HoldsAsync(() => Receiver.Deliveries.Any(delivery => delivery.Event.Type == "render.completed"));

        Assert.Multiple(() =>
        {
            Assert.That((accepted.Status, (string?)accepted.Json["status"], accepted.Header("Location")), Is.EqualTo((202, "queued", $"/v1/renders/{id}")));
            Assert.That((job.Output!.Width, job.Output.Height, job.Output.SizeBytes), Is.EqualTo((64, 32, bytes.Length)));
            Assert.That(job.Metadata!["order"], Is.EqualTo("7"));
            Assert.That(download.Status, Is.EqualTo(302));
            Assert.That(file.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
            Assert.That(file.Content.Headers.ContentDisposition!.FileName, Is.EqualTo("rot.png"));
            Assert.That(bytes.AsSpan(1, 3).SequenceEqual("PNG"u8), Is.True);
            Assert.That(Receiver.Deliveries.Select(delivery => delivery.IsSignedWith(webhook.Secret)), Has.All.True);
            Assert.That(
                Receiver.Deliveries.Where(delivery => delivery.Event.Type != "render.progress").Select(delivery => delivery.Event.Type),
                Is.EqualTo(new[] { "render.queued", "render.processing", "render.completed" }));
        });
    }

    [Test]
    public async Task A_source_that_is_not_there_fails_the_job_and_names_the_element()
    {
        Receiver.AnswerWith(404);
        var id = (string)(await Tenant.Raw.PostAsync("/v1/renders", $$"""{"elements": [{"type": "video", "source_url": "{{Receiver.Url}}.mp4"}]}""")).Json["id"]!;
        JobResponse? job = null;
        await Eventually.HoldsAsync(async () => (job = await Tenant.Client.GetRenderAsync(id, wait: 5)).Status == JobStatus.Failed);
        Assert.That((job!.Error!.Code, job.Error.Message), Is.EqualTo(("source_not_found", "elements[0].source_url: The source's server answered with status 404.")));
    }

    [Test]
    public async Task Work_that_runs_is_cancelled_and_then_neither_downloaded_nor_cancelled_again()
    {
        var id = (string)(await Tenant.Raw.PostAsync("/v1/renders", Endless)).Json["id"]!;
        await Eventually.HoldsAsync(async () => (await Tenant.Client.GetRenderAsync(id)).Status == JobStatus.Processing);
        var early = await Tenant.Raw.GetAsync($"/v1/renders/{id}/download");
        var cancelled = await Tenant.Client.CancelRenderAsync(id);
        var again = await Tenant.Raw.SendAsync("DELETE", $"/v1/renders/{id}");

        Assert.Multiple(() =>
        {
            Assert.That((early.Status, early.Code), Is.EqualTo((409, "not_ready")));
            Assert.That(cancelled.Status, Is.EqualTo(JobStatus.Cancelled));
            Assert.That((again.Status, again.Code), Is.EqualTo((409, "not_cancellable")));
        });
    }

    [Test]
    public async Task Renders_are_listed_by_status_newest_first_and_are_nobody_elses()
    {
        var first = (string)(await Tenant.Raw.PostAsync("/v1/renders", Still)).Json["id"]!;
        var second = (string)(await Tenant.Raw.PostAsync("/v1/renders", Still)).Json["id"]!;
        await CompletedAsync(first);
        await CompletedAsync(second);
        using var other = await Host.AddWorkspaceAsync();
        var foreign = await other.Raw.GetAsync($"/v1/renders/{first}");

        Assert.Multiple(() =>
        {
            Assert.That(async () => (await Tenant.Client.ListRendersAsync(JobStatus.Completed)).Data.Select(job => job.Id), Is.EqualTo(new[] { second, first }));
            Assert.That(async () => (await Tenant.Client.ListRendersAsync(JobStatus.Failed)).Data, Is.Empty);
            Assert.That((foreign.Status, foreign.Message), Is.EqualTo((404, "Render not found.")));
        });
    }

    [TestCase("""{"duration": 7200}""", null)]
    [TestCase("""{"duration": 7200.001}""", "body/duration out_of_range")]
    [TestCase("""{"duration": 7201, "output_format": "gif"}""", "body/duration out_of_range")]
    [TestCase("""{"duration": 7201, "output_format": "png"}""", null)]
    [TestCase("""{"elements": [{"type": "text", "text": "a", "time": 7200, "duration": 1}]}""", "body/duration out_of_range")]
    public async Task A_render_lasts_two_hours_at_most_and_a_picture_may_be_of_any_scene(string scene, string? fault)
    {
        var answer = await Tenant.Raw.PostAsync("/v1/renders/validate", scene);
        Assert.That(answer.Json["errors"]!.AsArray().Select(error => $"{string.Join('/', error!["loc"]!.AsArray())} {error["type"]}"), Is.EqualTo(fault is null ? Array.Empty<string>() : [fault]));
    }

    [Test]
    public async Task Every_fault_of_a_scene_is_told_at_its_place_with_the_nearest_name()
    {
        var refused = await Tenant.Raw.PostAsync("/v1/renders", """
            {
              "width": 1280, "alpha": true, "frame_at": -1, "frame_rate": "30",
              "elements": [
                {"type": "video", "id": "a", "source_url": "https://example.com/a.avi", "in_point": 2, "out_point": 1, "crop_left": 0.5, "crop_right": 0.5, "x": "90deg"},
                {"type": "image", "id": "a", "source_url": "https://example.com/a.png", "duration": 1, "effects": [{"type": "sepla"}], "motion": [{"type": "ken_burns_in", "duration": 1, "reversed": true, "scope": "character"}]},
                {"type": "audio", "source_url": "https://example.com/a.mp3", "fade_in_duration": -1, "duration": 3}
              ],
              "transitions": [{"type": "cross_disolve", "duration": 0, "from_id": "a", "to_id": "a"}, {"type": "fade", "duration": 1, "from_id": "a", "to_id": "nobody"}]
            }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(422));
            Assert.That(refused.Faults, Is.EqualTo(new[]
            {
                "body/alpha alpha_not_supported",
                "body/elements/0/crop_right out_of_range",
                "body/elements/0/out_point out_of_range",
                "body/elements/0/source_url unsupported_source",
                "body/elements/0/x invalid",
                "body/elements/1/effects/0/type enum",
                "body/elements/1/id duplicate_element_id",
                "body/elements/1/motion/0/reversed motion_direction",
                "body/elements/1/motion/0/scope motion_scope",
                "body/elements/2/fade_in_duration out_of_range",
                "body/frame_at out_of_range",
                "body/frame_rate int_type",
                "body/height missing",
                "body/transitions/0/duration out_of_range",
                "body/transitions/0/to_id transition_self",
                "body/transitions/0/type enum",
                "body/transitions/1/from_id duplicate_transition",
                "body/transitions/1/to_id dangling_transition",
            }));
            Assert.That(refused.Body, Does.Contain("Did you mean 'sepia'?").And.Contain("Did you mean 'cross_dissolve'?"));
        });
    }

    async Task<JobResponse> CompletedAsync(string id)
    {
        JobResponse? job = null;
        await Eventually.HoldsAsync(async () => (job = await Tenant.Client.GetRenderAsync(id, wait: 5)).Status == JobStatus.Completed);
        return job!;
    }
}
