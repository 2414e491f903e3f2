namespace Framelane.Api.Tests.Http.Routes;

public sealed class CapabilityRouteTests
{
    static Caller Nobody => SharedHost.Host.Nobody;

    [Test]
    public async Task The_catalogue_needs_no_key_and_may_be_kept_a_while()
    {
        var answer = await Nobody.GetAsync("/v1/capabilities");

        var json = answer.Json;
        Assert.Multiple(() =>
        {
            Assert.That(answer.Status, Is.EqualTo(200));
            Assert.That(answer.Header("Cache-Control"), Is.EqualTo("public, max-age=300"));
            Assert.That(answer.Header("ETag"), Does.Match("^\".+\"$"));
            Assert.That(Fields.Of(json), Is.EquivalentTo(new[]
            {
                "effects", "motions", "transitions", "blend_modes", "easings", "element_types", "output_formats", "input_formats",
                "render_parameters", "task_parameters", "fonts", "events", "accounts", "plans", "limits", "rate_limits",
            }));
            Assert.That(Fields.Of(json["events"]![0]), Is.EquivalentTo(new[] { "type", "supported", "parameters" }));
            Assert.That((int)json["limits"]!["grace_period_seconds"]!, Is.EqualTo(604_800));
            Assert.That((double)json["limits"]!["render_seconds"]!, Is.EqualTo(7200));
            Assert.That((int)json["rate_limits"]!["enterprise"]!["requests_per_minute"]!, Is.EqualTo(6000));
            Assert.That((int)json["rate_limits"]!["upload_parts"]!["requests_per_minute"]!, Is.EqualTo(720));
        });
    }

    [TestCase("element_types", "image", "duration", true)]
    [TestCase("element_types", "text", "font_size", true)]
    [TestCase("motions", "fade", "duration", true)]
    [TestCase("transitions", "fade", "duration", true)]
    [TestCase("render_parameters", "render", "duration", true)]
    [TestCase("render_parameters", "render", "frame_rate", false)]
    [TestCase("element_types", "video", "speed", false)]
    [TestCase("element_types", "audio", "volume", true)]
    [TestCase("element_types", "video", "volume", false)]
    public async Task What_must_be_above_its_least_says_so(string section, string type, string parameter, bool isAbove)
    {
        var told = (await Nobody.GetAsync("/v1/capabilities")).Json[section]!.AsArray().Single(each => (string?)each!["type"] == type)!["parameters"]![parameter]!;

        Assert.That((bool?)told["exclusive_min"], Is.EqualTo(isAbove ? true : null));
        Assert.That(told["min"], Is.Not.Null);
    }

    [TestCase("{0}", 304)]
    [TestCase("\"other\", {0}", 304)]
    [TestCase("*", 304)]
    [TestCase("W/{0}", 304)]
    [TestCase("\"other\"", 200)]
    public async Task Who_has_it_already_is_told_so(string ifNoneMatch, int status)
    {
        var etag = (await Nobody.GetAsync("/v1/capabilities")).Header("ETag")!;

        var answer = await Nobody.GetAsync("/v1/capabilities", ("If-None-Match", string.Format(null, ifNoneMatch, etag)));

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Bytes, status == 304 ? Is.Empty : Is.Not.Empty);
        Assert.That(answer.Header("ETag"), Is.EqualTo(etag));
    }

    [Test]
    public async Task It_publishes_what_is_configured()
    {
        await using var host = await ApiHost.StartAsync(
            ("Framelane:Limits:BodyBytes", "4096"), ("Framelane:Limits:WebhooksPerWorkspace", "2"), ("Framelane:Plans:free:RequestsPerMinute", "7"));

        var read = await host.First.Client.GetCapabilitiesAsync();

        Assert.That((read.Limits.BodyBytes, read.Limits.WebhooksPerWorkspace, read.RateLimits.Free.RequestsPerMinute), Is.EqualTo((4096, 2, 7)));
        Assert.That(host.First.Last.Header("ETag"), Is.Not.EqualTo((await Nobody.GetAsync("/v1/capabilities")).Header("ETag")));
    }
}
