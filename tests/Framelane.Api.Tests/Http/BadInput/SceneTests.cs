using System.Text.Json.Nodes;

namespace Framelane.Api.Tests.Http.BadInput;

/// <summary>Scenes that hold more than a scene may, and transitions to what is gone by then.</summary>
public sealed class SceneTests : RefusalTests
{
    const string Text = "\"type\": \"text\", \"text\": \"a\", \"duration\": 1";

    static IEnumerable<TestCaseData> Large()
    {
        yield return Case("An id", $$"""{{{Text}}, "id": "{{new string('i', 256)}}"}""", "body/elements/0/id too_long");
        yield return Case("A name", $$"""{{{Text}}, "name": "{{new string('n', 256)}}"}""", "body/elements/0/name too_long");
        yield return Case("Effects", $$"""{"type": "image", "id": "a", "source_url": "https://1.1.1.1/a.png", "duration": 1, "effects": [{{Times(51, """{"type": "sepia"}""")}}]}""", "body/elements/0/effects too_long");
        yield return Case("Effects of a composition", $$"""{"type": "composition", "duration": 1, "effects": [{{Times(51, """{"type": "sepia"}""")}}]}""", "body/elements/0/effects too_long");
        yield return Case("Motions", $$"""{{{Text}}, "motion": [{{Times(51, """{"type": "fade", "duration": 1}""")}}]}""", "body/elements/0/motion too_long");
        yield return Case(
            "Words", $$"""{{{Text}}, "word_animation": {"style": "glow", "words": [{{Times(10_001, """{"text": "a", "start": 0, "end": 1}""")}}] } }""",
            "body/elements/0/word_animation/words too_long");
        yield return Case(
            "A word", $$"""{{{Text}}, "word_animation": {"style": "glow", "words": [{"text": "{{new string('w', 10_001)}}", "start": 0, "end": 1}] } }""",
            "body/elements/0/word_animation/words/0/text too_long");
        yield return Case("Elements", Times(501, $$"""{{{Text}}}"""), "body/elements too_long");
        yield return Case(
            "Elements with those of compositions",
            $$"""{"type": "composition", "elements": [{{Times(250, $$"""{{{Text}}}""")}}]}, {"type": "composition", "elements": [{{Times(249, $$"""{{{Text}}}""")}}]}""",
            "body/elements/1/elements too_long");
    }

    [TestCaseSource(nameof(Large))]
    public async Task What_holds_more_than_a_scene_may_is_refused(string elements, string fault)
    {
        foreach (var route in (string[])["/v1/renders", "/v1/renders/preview"])
        {
            var refused = await Tenant.Raw.PostAsync(route, $$"""{"elements": [{{elements}}]}""");
            Assert.That((refused.Status, string.Join(", ", refused.Faults)), Is.EqualTo((422, fault)), route);
        }
    }

    [TestCase("a.b")]
    [TestCase("a[0]")]
    [TestCase("a].b[")]
    [TestCase("7")]
    [TestCase("Value")]
    [TestCase("\"")]
    [TestCase("\\\"]")]
    [TestCase("ключ 😀")]
    [TestCase(" ")]
    public async Task A_key_of_the_metadata_is_one_part_of_its_place_whatever_it_holds(string key)
    {
        var metadata = new JsonObject { ["a"] = "fine", [key] = new string('v', 501) };
        var refused = await Tenant.Raw.PostAsync("/v1/renders", new JsonObject { ["metadata"] = metadata }.ToJsonString());

        Assert.That(refused.Status, Is.EqualTo(422));
        Assert.That(refused.Json["detail"]!.AsArray().Single()!["loc"]!.ToJsonString(), Is.EqualTo(new JsonArray("body", "metadata", key).ToJsonString()));
    }

    [TestCase("\"time\": 0, \"duration\": 4.5", "\"duration\": 1")]
    [TestCase("\"time\": 0, \"duration\": 3", "\"duration\": 1")]
    [TestCase("\"time\": 4.9, \"duration\": 0.05", "\"duration\": 1")]
    public async Task A_transition_to_what_ends_before_it_is_refused(string to, string transition)
    {
        var refused = await Tenant.Raw.PostAsync("/v1/renders", Dissolve(to, transition));
        Assert.That((refused.Status, string.Join(", ", refused.Faults)), Is.EqualTo((422, "body/transitions/0/to_id transition_window")));
    }

    [TestCase("\"time\": 4.9, \"duration\": 0.1")]
    [TestCase("\"time\": 0, \"duration\": 5")]
    [TestCase("\"time\": 7, \"duration\": 1")]
    public async Task One_to_what_ends_with_it_or_later_is_none(string to) =>
        Assert.That((string?)(await Tenant.Raw.PostAsync("/v1/renders/validate", Dissolve(to, "\"duration\": 1"))).Json["valid"]?.ToString(), Is.EqualTo("true"));

    /// <summary>A composition lasts to the latest end of its elements, where it does not say how long.</summary>
    [TestCase("""{"type": "text", "text": "b", "duration": 1}, {"type": "text", "text": "c", "time": 3, "duration": 1.5}""", "false")]
    [TestCase("""{"type": "audio", "source_url": "https://1.1.1.1/a.mp3", "in_point": 1, "out_point": 4}""", "false")]
    [TestCase("", "false")]
    [TestCase("""{"type": "text", "text": "b", "duration": 1}, {"type": "text", "text": "c", "time": 3, "duration": 2}""", "true")]
    [TestCase("""{"type": "text", "text": "b", "duration": 1}, {"type": "video", "source_url": "https://1.1.1.1/a.mp4"}""", "true")]
    public async Task A_composition_without_a_duration_ends_with_the_last_of_its_elements(string elements, string isValid)
    {
        var told = await Tenant.Raw.PostAsync("/v1/renders/validate", $$"""
            {"elements": [{"type": "text", "text": "a", "id": "a", "duration": 5}, {"type": "composition", "id": "b", "elements": [{{elements}}]}],
             "transitions": [{"type": "cross_dissolve", "from_id": "a", "to_id": "b", "duration": 1}]}
            """);
        Assert.That((string?)told.Json["valid"]?.ToString(), Is.EqualTo(isValid));
        if (isValid == "false")
            Assert.That(told.Json["errors"]!.ToString(), Does.Contain("transition_window"));
    }

    [TestCase("""{"output_format": "png", "frame_at": 5.1, "duration": 5}""", 5.0)]
    [TestCase("""{"output_format": "jpg", "frame_at": 11}""", 10.0)]
    [TestCase("""{"output_format": "png", "frame_at": 3.4, "elements": [{"type": "text", "text": "a", "time": 2, "duration": 1}, {"type": "composition", "elements": []}]}""", 3.0)]
    public async Task A_frame_after_the_end_is_refused(string scene, double end)
    {
        var refused = await Tenant.Raw.PostAsync("/v1/renders", scene);
        Assert.That((refused.Status, string.Join(", ", refused.Faults)), Is.EqualTo((422, "body/frame_at out_of_range")));
        Assert.That((double)refused.Json["detail"]![0]!["ctx"]!["le"]!, Is.EqualTo(end));
    }

    [TestCase("""{"output_format": "png", "frame_at": 5, "duration": 5}""")]
    [TestCase("""{"output_format": "mp4", "frame_at": 6, "duration": 5}""")]
    [TestCase("""{"output_format": "png", "frame_at": 6, "elements": [{"type": "video", "source_url": "https://1.1.1.1/a.mp4"}]}""")]
    public async Task One_at_the_end_or_that_is_not_read_or_of_an_end_that_is_not_known_is_none(string scene) =>
        Assert.That((string?)(await Tenant.Raw.PostAsync("/v1/renders/validate", scene)).Json["valid"]?.ToString(), Is.EqualTo("true"));

    [TestCase("/v1/renders", "mp4")]
    [TestCase("/v1/renders/validate", "mp4")]
    [TestCase("/v1/renders/preview", "mp4")]
    [TestCase("/v1/renders/preview?type=draft", "png")]
    public async Task An_end_beyond_all_numbers_is_too_late_like_any_other(string route, string format)
    {
        foreach (var element in (string[])
        [
            """{"type": "image", "id": "a", "source_url": "https://1.1.1.1/a.png", "time": 1e308, "duration": 1e308}""",
            """{"type": "video", "id": "a", "source_url": "https://1.1.1.1/a.mp4", "out_point": 1.7e308, "speed": 0.25}""",
            """{"type": "composition", "elements": [{"type": "text", "text": "a", "time": 1e308, "duration": 1e308}]}""",
        ])
        {
            var refused = await Tenant.Raw.PostAsync(route, $$"""{"output_format": "{{format}}", "elements": [{{element}}]}""");
            var fault = refused.Json["detail"]?[0] ?? refused.Json["errors"]?[0];
            Assert.That((refused.Status, (string?)fault?["type"]), Is.EqualTo((route == "/v1/renders/validate" ? 200 : 422, "out_of_range")), element);
        }
    }

    static string Dissolve(string to, string transition) => $$"""
        {"elements": [{"type": "text", "text": "a", "id": "a", "duration": 5}, {"type": "text", "text": "b", "id": "b", {{to}}}],
         "transitions": [{"type": "cross_dissolve", "from_id": "a", "to_id": "b", {{transition}}}]}
        """;

    static TestCaseData Case(string name, string elements, string fault) => new TestCaseData(elements, fault).SetArgDisplayNames(name);

    static string Times(int count, string json) => string.Join(", ", Enumerable.Repeat(json, count));
}
