namespace Framelane.Api.Tests.Http.BadInput;

public sealed class SourceUrlTests : RefusalTests
{
    const string Forbidden = "https://169.254.169.254/latest/clip.mp4";

    [TestCase("https://127.0.0.1/a.mp4", "source_not_allowed", "source_not_allowed")]
    [TestCase("https://localhost/a.mp4", "source_not_allowed", "source_not_allowed")]
    [TestCase("https://[::ffff:10.0.0.1]/a.mp4", "source_not_allowed", "source_not_allowed")]
    [TestCase("http://1.1.1.1/a.mp4", "source_not_allowed", "source_not_allowed")]
    [TestCase("ftp://1.1.1.1/a.mp4", "url_scheme", "validation_error")]
    [TestCase("https://ann:hunter2@1.1.1.1/a.mp4", "url_user_info", "validation_error")]
    [TestCase("https:///a.mp4", "url_invalid", "validation_error")]
    public async Task What_may_not_be_fetched_is_refused_when_it_is_named(string url, string type, string code)
    {
        var import = await Tenant.Raw.PostAsync("/v1/imports", $$"""{"url": "{{url}}"}""");
        var render = await Tenant.Raw.PostAsync("/v1/renders", $$"""{"elements": [{"type": "video", "source_url": "{{url}}"}]}""");
        Assert.That((import.Status, import.Code, import.Faults.Single()), Is.EqualTo((422, code, $"body/url {type}")));
        Assert.That((render.Status, render.Code, render.Faults.Single()), Is.EqualTo((422, code, $"body/elements/0/source_url {type}")));
        Assert.That(import.Body + render.Body, Does.Not.Contain("hunter2"), "User info is never shown.");
    }

    [Test]
    public async Task Each_place_of_a_scene_is_judged()
    {
        var refused = await Tenant.Raw.PostAsync("/v1/renders", $$"""
            {
              "background_image_url": "{{Forbidden}}",
              "elements": [
                {"type": "video", "source_url": "{{Forbidden}}", "lut_url": "{{Forbidden}}"},
                {"type": "audio", "source_url": "{{Forbidden}}"},
                {"type": "composition", "duration": 1, "elements": [{"type": "image", "id": "a", "duration": 1, "source_url": "{{Forbidden}}"}]}
              ]
            }
            """);
        Assert.That((refused.Status, refused.Code), Is.EqualTo((422, "source_not_allowed")));
        Assert.That(refused.Faults, Is.EqualTo(new[]
        {
            "body/background_image_url source_not_allowed",
            "body/elements/0/lut_url source_not_allowed",
            "body/elements/0/source_url source_not_allowed",
            "body/elements/1/source_url source_not_allowed",
            "body/elements/2/elements/0/source_url source_not_allowed",
        }));
    }

    [Test]
    public async Task Beside_other_faults_it_is_one_of_them()
    {
        var refused = await Tenant.Raw.PostAsync("/v1/renders", $$"""{"frame_rate": 0, "elements": [{"type": "video", "source_url": "{{Forbidden}}"}]}""");
        Assert.That(refused.Code, Is.EqualTo("validation_error"));
        Assert.That(refused.Faults, Is.EqualTo(new[] { "body/elements/0/source_url source_not_allowed", "body/frame_rate out_of_range" }));
    }

    [Test]
    public async Task A_name_of_an_import_has_1_to_255_characters()
    {
        var empty = await Tenant.Raw.PostAsync("/v1/imports", $$"""{"url": "{{GoodUrl}}", "filename": ""}""");
        var longer = await Tenant.Raw.PostAsync("/v1/imports", $$"""{"url": "{{GoodUrl}}", "filename": "{{new string('x', 256)}}"}""");
        Assert.That((empty.Faults.Single(), longer.Faults.Single()), Is.EqualTo(("body/filename too_short", "body/filename too_long")));
    }
}
