using System.Text.Json;
using Framelane.Application.Common;
using Framelane.Application.Webhooks.Update;

namespace Framelane.Application.Tests.Common;

public sealed class OptionalTests
{
    [Test]
    public void LeftOut_IsNotGiven()
    {
        var request = Read("{}");

        Assert.That((request.Url.IsGiven, request.Events.IsGiven, request.Description.IsGiven, request.Enabled.IsGiven), Is.EqualTo((false, false, false, false)));
    }

    [Test]
    public void Null_IsGivenAsNull()
    {
        var request = Read("""{"description":null}""");

        Assert.That((request.Description.IsGiven, request.Description.Value), Is.EqualTo((true, (string?)null)));
    }

    [Test]
    public void AValue_IsGiven()
    {
        var request = Read("""{"url":"https://example.com","events":["render.failed"],"description":"d","enabled":false}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(request.Url, Is.EqualTo(new Optional<string>("https://example.com")));
            Assert.That(request.Events.Value, Is.EqualTo(new[] { "render.failed" }));
            Assert.That(request.Description, Is.EqualTo(new Optional<string?>("d")));
            Assert.That((request.Enabled.IsGiven, request.Enabled.Value), Is.EqualTo((true, false)), "given as false is not left out");
        }
    }

    [TestCase("""{"enabled":null}""")]
    [TestCase("""{"enabled":"true"}""")]
    [TestCase("""{"description":5}""")]
    [TestCase("""{"events":"render.failed"}""")]
    public void AnotherType_IsRefused(string json) => Assert.That(() => Read(json), Throws.TypeOf<JsonException>());

    [Test]
    public void Written_ItIsItsValue() => Assert.That(
        JsonSerializer.Serialize(new Optional<string?>("d"), WireJson.Options), Is.EqualTo("\"d\""));

    static UpdateWebhookRequest Read(string json) => JsonSerializer.Deserialize<UpdateWebhookRequest>(json, WireJson.Options)!;
}
