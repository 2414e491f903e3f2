namespace Framelane.Api.Tests.Http.BadInput;

/// <summary>What looks odd and is none the less all right.</summary>
public sealed class UnknownFieldTests : SharedHostTests
{
    [Test]
    public async Task Fields_that_nobody_knows_are_ignored_whatever_they_hold()
    {
        var answer = await Tenant.Raw.PostAsync(
            "/v1/webhooks",
            $$"""{"x": {"y": [1, null]}, "x": 2, "\ud83c": 1, "secret": "whsec_mine", "id": "wh_mine", "Enabled": 5, "url": "{{Receiver.Url}}"}""");

        Assert.That(answer.Status, Is.EqualTo(201));
        Assert.That((string?)answer.Json["secret"], Is.EqualTo(Tenant.FirstSecret));
        Assert.That((string?)answer.Json["id"], Is.Not.EqualTo("wh_mine"));
    }

    [TestCase("""{"grace_period_seconds": 60}""", 60)]
    [TestCase("""{"grace_period_seconds": 6e1}""", 60)]
    [TestCase("""{"grace_period_seconds": 60.0}""", 60)]
    [TestCase(" \n {\"grace_period_seconds\": 60, \"reason\": \"leak\"} \r\n", 60)]
    [TestCase("""{"grace_period_seconds": 604800}""", 604_800)]
    [TestCase("""{"grace_period_seconds": 0}""", 0)]
    [TestCase("{}", 0)]
    [TestCase(null, 0)]
    public async Task A_grace_is_taken_however_it_is_written(string? body, int seconds)
    {
        var webhook = await Tenant.CreateWebhookAsync(Receiver.Url);

        var answer = await Tenant.Raw.PostAsync($"/v1/webhooks/{webhook.Id}/rotate-secret", body);

        var state = (await Tenant.Client.GetWorkspaceAsync()).SigningSecret;
        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(state.PreviousExpiresAt - state.RotatedAt, Is.EqualTo(seconds == 0 ? null : TimeSpan.FromSeconds(seconds)));
    }

    [Test]
    public async Task Nulls_are_taken_where_a_field_may_be_left_out()
    {
        var answer = await Tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "{{Receiver.Url}}", "events": null, "description": null}""");

        Assert.That(answer.Status, Is.EqualTo(201));
        Assert.That(answer.Json["events"]!.AsArray(), Is.Not.Empty);
    }

    [Test]
    public async Task The_longest_values_are_taken()
    {
        var url = new Uri(Receiver.Url, "/" + new string('x', 2083 - Receiver.Url.GetLeftPart(UriPartial.Authority).Length - 1));

        var created = await Tenant.Client.CreateWebhookAsync(new() { Url = url, Description = new string('é', 1000) });
        var key = await Tenant.Client.CreateApiKeyAsync(new() { Name = new string('é', 255) });

        Assert.That(created.Url, Is.EqualTo(url));
        Assert.That(created.Description, Has.Length.EqualTo(1000));
        Assert.That(key.Name, Has.Length.EqualTo(255));
    }
}
