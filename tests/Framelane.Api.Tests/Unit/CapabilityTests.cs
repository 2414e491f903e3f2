using System.Text.Json;
using Framelane.Api.Conventions.Capabilities;
using Framelane.Api.Conventions.Errors;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Plans;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Tests.Unit;

public sealed class CapabilityTests
{
    [Test]
    public void Every_section_is_there_and_every_name_is_there_once()
    {
        var json = JsonElement.Parse(Document(new()).Utf8);

        Assert.That(
            json.EnumerateObject().Select(section => section.Name),
            Is.EqualTo(new[]
            {
                "effects", "motions", "transitions", "blend_modes", "easings", "element_types", "output_formats", "input_formats",
                "render_parameters", "task_parameters", "fonts", "events", "accounts", "plans", "limits", "rate_limits",
            }));
        foreach (var section in json.EnumerateObject().Where(section => section.Value.ValueKind == JsonValueKind.Array))
        {
            Assert.That(section.Value.EnumerateArray().Select(entry => entry.GetProperty("type").GetString()), Is.Unique, section.Name);
            Assert.That(section.Value.EnumerateArray().Select(entry => entry.GetProperty("parameters").ValueKind), Is.All.EqualTo(JsonValueKind.Object));
        }
    }

    [TestCase("effects", 46)]
    [TestCase("motions", 43)]
    [TestCase("transitions", 32)]
    [TestCase("blend_modes", 10)]
    [TestCase("easings", 4)]
    [TestCase("events", 14)]
    public void Sections_hold_the_contracts_names(string section, int count) =>
        Assert.That(JsonElement.Parse(Document(new()).Utf8).GetProperty(section).GetArrayLength(), Is.EqualTo(count));

    [TestCase("element_types", "video", "speed", 0.25, 4, 1)]
    [TestCase("element_types", "audio", "volume", 0, 100, 100)]
    [TestCase("element_types", "image", "hue_rotate", -180, 180, 0)]
    [TestCase("element_types", "text", "font_weight", 100, 900, 400)]
    [TestCase("element_types", "composition", "opacity", 0, 100, 100)]
    [TestCase("element_types", "image", "duration", 0, null, null)]
    [TestCase("effects", "chroma_key", "chroma_settings.hue_max", 0, 360, 160)]
    [TestCase("effects", "sepia", "intensity", 0, 100, 100)]
    [TestCase("motions", "fade", "duration", 0, null, null)]
    [TestCase("transitions", "fade", "duration", 0, null, null)]
    [TestCase("render_parameters", "render", "frame_rate", 1, 240, 30)]
    [TestCase("render_parameters", "render", "width", 16, 8192, null)]
    public void Ranges_are_told_where_they_belong(string section, string type, string parameter, double min, double? max, double? byDefault)
    {
        var entry = JsonElement.Parse(Document(new()).Utf8).GetProperty(section).EnumerateArray().Single(each => each.GetProperty("type").GetString() == type);
        var told = entry.GetProperty("parameters").GetProperty(parameter);

        Assert.That((Number("min"), Number("max"), Number("default")), Is.EqualTo(((double?)min, max, byDefault)));

        double? Number(string name) => told.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
    }

    [Test]
    public void The_tag_follows_what_is_configured()
    {
        var (first, again, changed) = (Document(new()).ETag, Document(new()).ETag, Document(new() { BodyBytes = 4096 }).ETag);

        Assert.Multiple(() =>
        {
            Assert.That(again, Is.EqualTo(first));
            Assert.That(changed, Is.Not.EqualTo(first));
        });
    }

    [Test]
    public void Every_error_of_the_contract_has_its_status()
    {
        string[] contract =
        [
            "invalid_request 400", "unauthorized 401", "quota_exceeded 402", "email_not_verified 403", "plan_required 403", "not_found 404",
            "idempotency_conflict 409", "idempotency_in_progress 409", "conflict 409", "not_cancellable 409", "not_ready 409",
            "payload_too_large 413", "unsupported_media_type 415", "validation_error 422", "unsupported_content_type 422",
            "source_not_allowed 422", "rate_limited 429", "internal_error 500", "unavailable 503", "not_configured 503",
        ];

        Assert.That(ErrorStatus.Codes.Select(code => $"{code} {ErrorStatus.Of(code)}"), Is.SupersetOf(contract));
    }

    static CapabilityDocument Document(FramelaneLimits limits) => new(
        new CapabilityComposer(RenderingCapabilities.None, Options.Create(limits), Options.Create(new PlanOptions()), Options.Create(new RateLimitOptions()), []).Compose());
}
