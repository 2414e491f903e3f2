using System.Text.Json;
using Framelane.Api.Conventions.Capabilities;
using Framelane.Api.Conventions.Errors;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
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
                "task_parameters", "fonts", "events", "limits", "rate_limits",
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
        new CapabilityComposer(RenderingCapabilities.None, Options.Create(limits), Options.Create(new PlanOptions()), Options.Create(new RateLimitOptions())).Compose());
}
