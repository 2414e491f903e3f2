namespace Framelane.Api.Tests.Http.Routes;

/// <summary>What the catalogue says of texts, and what a scene may say.</summary>
public sealed class TextRouteTests : SharedHostTests
{
    [Test]
    public async Task The_catalogue_lists_the_fonts_and_what_a_text_can_do()
    {
        var json = (await Tenant.Raw.GetAsync("/v1/capabilities")).Json;
        var inter = json["fonts"]!.AsArray().Single(font => (string)font!["type"]! == "Inter")!;
        var text = json["element_types"]!.AsArray().Single(type => (string)type!["type"]! == "text")!;
        var fade = json["motions"]!.AsArray().Single(motion => (string)motion!["type"]! == "fade")!;

        Assert.Multiple(() =>
        {
            Assert.That(((bool)inter["supported"]!, (int)inter["parameters"]!["font_weight"]!["min"]!, (int)inter["parameters"]!["font_weight"]!["max"]!), Is.EqualTo((true, 100, 900)));
            Assert.That((bool)text["supported"]!, Is.True);
            Assert.That(Values(text, "animation_preset"), Is.EqualTo(new[] { "typewriter", "words_up", "lines_fade", "letters_pop" }));
            Assert.That(Values(text, "word_animation.style"), Is.EqualTo(new[] { "glow", "box", "scale_pop", "slide_up", "fly_in", "color" }));
            Assert.That(Values(fade, "character_direction"), Is.EqualTo(new[] { "entrance", "exit" }));
            Assert.That(Values(fade, "scope"), Is.EqualTo(new[] { "element", "character" }));
        });
    }

    [Test]
    public async Task What_a_text_cannot_be_is_told_at_its_place_with_the_nearest_name()
    {
        var refused = await Tenant.Raw.PostAsync("/v1/renders", """
            {"elements": [{
              "type": "text", "text": "", "duration": 0, "font_family": "Intre", "font_weight": 1000, "font_size": 0, "leading": 0, "stroke_width": -1,
              "text_color": "white", "background": true, "stroke": true, "animation_preset": "typewritter", "background_opacity": 101,
              "word_animation": {"style": "glow", "words": []},
              "motion": [
                {"type": "rotate_cw", "duration": 1, "scope": "character"}, {"type": "zoom_in", "duration": 1, "reversed": true},
                {"type": "zoom_in", "duration": 1, "reversed": true, "scope": "character"}]
            }]}
            """);

        Assert.Multiple(() =>
        {
            Assert.That(refused.Status, Is.EqualTo(422));
            Assert.That(refused.Faults, Is.EqualTo(new[]
            {
                "body/elements/0 exclusive_fields",
                "body/elements/0/animation_preset enum",
                "body/elements/0/background_opacity out_of_range",
                "body/elements/0/duration out_of_range",
                "body/elements/0/font_family enum",
                "body/elements/0/font_size out_of_range",
                "body/elements/0/font_weight out_of_range",
                "body/elements/0/leading out_of_range",
                "body/elements/0/motion/0/scope motion_scope",
                "body/elements/0/motion/1/reversed motion_direction",
                "body/elements/0/stroke_width out_of_range",
                "body/elements/0/text too_short",
                "body/elements/0/text_color pattern",
                "body/elements/0/word_animation/words too_short",
            }));
            Assert.That(refused.Body, Does.Contain("Did you mean 'Inter'?").And.Contain("Did you mean 'typewriter'?"));
        });
    }

    static IEnumerable<string> Values(System.Text.Json.Nodes.JsonNode entry, string parameter) =>
        entry["parameters"]![parameter]!["enum"]!.AsArray().Select(value => (string)value!);
}
