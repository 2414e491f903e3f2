namespace Framelane.Api.Tests.Http.BadInput;

public sealed class UrlTests : RefusalTests
{
    [TestCase("", "url_invalid")]
    [TestCase("/hook", "url_invalid")]
    [TestCase("1.1.1.1/hook", "url_invalid")]
    [TestCase("https://", "url_invalid")]
    [TestCase("https:///hook", "url_invalid")]
    [TestCase("https://1.1.1.1:0/", "url_invalid")]
    [TestCase("https://1.1.1.1:99999/", "url_invalid")]
    [TestCase(" https://1.1.1.1/", "url_invalid")]
    [TestCase("https://1.1.1.1\\\\@evil/", "url_invalid")]
    [TestCase("http://1.1.1.1/hook", "url_scheme")]
    [TestCase("ftp://1.1.1.1/hook", "url_scheme")]
    [TestCase("https://ann:hunter2@1.1.1.1/", "url_user_info")]
    [TestCase("https://@1.1.1.1/", "url_user_info")]
    [TestCase("https://127.0.0.1/", "url_forbidden_address")]
    [TestCase("https://localhost/", "url_forbidden_address")]
    [TestCase("https://127.1/", "url_forbidden_address")]
    [TestCase("https://2130706433/", "url_forbidden_address")]
    [TestCase("https://0x7f000001/", "url_forbidden_address")]
    [TestCase("https://①②⑦.0.0.1/", "url_invalid")]
    [TestCase("https://0.0.0.0/", "url_forbidden_address")]
    [TestCase("https://10.0.0.1/", "url_forbidden_address")]
    [TestCase("https://172.16.0.1/", "url_forbidden_address")]
    [TestCase("https://192.168.0.1/", "url_forbidden_address")]
    [TestCase("https://169.254.169.254/latest/meta-data", "url_forbidden_address")]
    [TestCase("https://224.0.0.1/", "url_forbidden_address")]
    [TestCase("https://255.255.255.255/", "url_forbidden_address")]
    [TestCase("https://[::1]/", "url_forbidden_address")]
    [TestCase("https://[::ffff:10.0.0.1]/", "url_forbidden_address")]
    [TestCase("https://[fe80::1]/", "url_forbidden_address")]
    [TestCase("https://[fd00::1]/", "url_forbidden_address")]
    [TestCase("https://[ff02::1]/", "url_forbidden_address")]
    [TestCase("https://[64:ff9b::7f00:1]/", "url_forbidden_address")]
    public async Task A_url_that_may_not_be_reached_is_refused_when_it_is_saved(string url, string type)
    {
        var created = await Tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "{{url}}"}""");
        var updated = await Tenant.Raw.SendAsync("PATCH", PathOf("/v1/webhooks/{webhook_id}"), $$"""{"url": "{{url}}"}""");

        Assert.That((created.Status, created.Faults.Single()), Is.EqualTo((422, $"body/url {type}")));
        Assert.That((updated.Status, updated.Faults.Single()), Is.EqualTo((422, $"body/url {type}")));
        Assert.That(created.Body, Does.Not.Contain("hunter2"), "User info is never shown.");
    }

    [Test]
    public async Task A_url_has_an_end()
    {
        var answer = await Tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "https://1.1.1.1/{{new string('x', 2083 - 15)}}"}""");

        Assert.That(answer.Faults, Is.EqualTo(new[] { "body/url url_too_long" }));
    }
}
