using System.Text.Json;
using Framelane.Api.Conventions.Validation;

namespace Framelane.Api.Tests.Unit;

public sealed class InputViewTests
{
    [TestCase("email", "\"someone@example.com\"")]
    [TestCase("otp_code", "123456")]
    [TestCase("clerk_token", "\"abc\"")]
    [TestCase("url", "\"https://user:pw@example.com/\"")]
    [TestCase("url", "\"https://user@example.com:99999/\"")]
    [TestCase("url", "\"user:pw@example.com\"")]
    [TestCase("name", "\"whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\"")]
    [TestCase("name", "\"Bearer fl_live_abc\"")]
    [TestCase("list", "[\"https://user:pw@example.com/\"]")]
    [TestCase("part", "{\"otp_code\":\"1\"}")]
    [TestCase("name", "\"\\ud800\"")]
    [TestCase("part", "{\"\\ud800\":1}")]
    [TestCase("part", "{\"zzzz\\ud800\":1}")]
    [TestCase("part", "{\"em\\u0061il\":1}")]
    [TestCase("part", "\"{\\\"clerk_token\\\":\\\"abc\\\"}\"")]
    [TestCase("part", "\"OTP_CODE=123456&name=a\"")]
    [TestCase("list", "[\"{\\\"email\\\":\\\"someone at example.com\\\"}\"]")]
    public void Possible_secrets_are_left_out(string field, string json) => Assert.That(View(field, json), Is.Null);

    [TestCase("\"short\"", "\"short\"")]
    [TestCase("3", "3")]
    [TestCase("false", "false")]
    [TestCase("{\"a\":[1]}", "{\"a\":[1]}")]
    [TestCase("\"https://example.com/@user\"", "\"https://example.com/@user\"")]
    public void Other_values_are_shown_as_they_were_sent(string json, string shown) =>
        Assert.That(JsonSerializer.Serialize(View("field", json)), Is.EqualTo(shown));

    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(double.NaN)]
    public void What_json_has_no_number_for_is_left_out(double value) => Assert.That(InputView.Of(["body", "duration"], value), Is.Null);

    [Test]
    public void Long_values_are_cut() => Assert.Multiple(() =>
    {
        Assert.That(View("name", $"\"{new string('x', 300)}\""), Is.EqualTo(new string('x', 256)));
        Assert.That(View("name", $"[{string.Join(',', Enumerable.Repeat(1, 300))}]"), Has.Length.EqualTo(256));
    });

    [Test]
    public void A_cut_does_not_split_a_character() =>
        Assert.That(InputView.Of(["body", "name"], new string('x', 255) + "🎬"), Is.EqualTo(new string('x', 255)));

    static object? View(string field, string json) => InputView.Of(["body", field], JsonElement.Parse(json));
}
