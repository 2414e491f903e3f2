using System.Text.RegularExpressions;

namespace Framelane.Api.Tests.Http.BadInput;

/// <summary>Who shows no key, or a wrong one: always the one answer.</summary>
public sealed partial class KeyTests : RefusalTests
{
    const string Unknown = "fl_live_abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst";

    static readonly string[] Authorizations =
    [
        "", "Bearer", "Bearer ", "Bearer x", "Bearer null", "Basic dXNlcjpwYXNz", Unknown, "Token " + Unknown, "Bearer " + Unknown,
        "Bearer fl_test_abcdefghijklmnopqrstuvwxyz234567", "Bearer fl_live_short", "Bearer fl_live_" + "x ' or 1=1 --xxxxxxxxxxxxxxxxxxxxxxx",
        "Bearer é", "Bearer " + Unknown + " " + Unknown, "Bearer fl_live_", "Bearer whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    ];

    [Test]
    public async Task Missing_malformed_unknown_and_revoked_keys_get_one_answer()
    {
        var revoked = await Tenant.Client.CreateApiKeyAsync(new() { Name = "CI" });
        await Tenant.Client.RevokeApiKeyAsync(revoked.Id);
        var own = Tenant.Key;
        string[] others =
        [
            $"Bearer {revoked.Key}", $"Bearer {own}x", $"Bearer {own[..^1]}", $"Bearer {own[..^1]}{(own[^1] == 'a' ? 'b' : 'a')}", $"Bearer {own.ToUpperInvariant()}",
            $"Basic {own}", $"Bearer \"{own}\"", $"Bearer {own[..16]}",
        ];

        var missing = await Host.Nobody.GetAsync("/v1/workspace");
        var answers = await Task.WhenAll(Authorizations.Concat(others).Select(value => Host.Nobody.GetAsync("/v1/workspace", ("Authorization", value))));

        Assert.Multiple(() =>
        {
            Assert.That((missing.Status, missing.Code, missing.Message), Is.EqualTo((401, "unauthorized", "Missing or invalid API key.")));
            Assert.That(missing.Header("WWW-Authenticate"), Is.EqualTo("Bearer"));
            Assert.That(answers.Select(answer => answer.Body), Has.All.EqualTo(missing.Body));
            Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(401));
            Assert.That(answers.Select(ComparableHeaders), Has.All.EqualTo(ComparableHeaders(missing)));
        });
        await Host.Data.Database.ExecuteAsync("delete from api_keys where id = $id", ("$id", revoked.Id));
        await Host.Data.Database.ExecuteAsync("delete from audit_log where target_id = $id", ("$id", revoked.Id));
        await Host.Data.Database.ExecuteAsync("update workspaces set epoch = epoch - 1 where id = $id", ("$id", Tenant.Id.Value));
    }

    [Test]
    public async Task Two_authorizations_are_none()
    {
        var answer = await Tenant.Raw.GetAsync("/v1/workspace", ("Authorization", $"Bearer {Tenant.Key}"));

        Assert.That((answer.Status, answer.Code), Is.EqualTo((401, "unauthorized")));
    }

    [TestCase("GET", "/v1/webhooks")]
    [TestCase("POST", "/v1/webhooks")]
    [TestCase("GET", "/v1/webhooks/{webhook_id}")]
    [TestCase("PATCH", "/v1/webhooks/{webhook_id}")]
    [TestCase("DELETE", "/v1/webhooks/{webhook_id}")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/rotate-secret")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/test")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/recover")]
    [TestCase("GET", "/v1/webhooks/{webhook_id}/deliveries")]
    [TestCase("POST", "/v1/webhooks/{webhook_id}/deliveries/dlv_1/redeliver")]
    [TestCase("GET", "/v1/deliveries")]
    [TestCase("POST", "/v1/deliveries/dlv_1/redeliver")]
    [TestCase("GET", "/v1/workspace")]
    [TestCase("PATCH", "/v1/workspace")]
    [TestCase("DELETE", "/v1/workspace")]
    [TestCase("DELETE", "/v1/workspace/previous-secret")]
    [TestCase("GET", "/v1/workspace/usage")]
    [TestCase("GET", "/v1/workspace/audit-log")]
    [TestCase("POST", "/v1/uploads")]
    [TestCase("GET", "/v1/workspace/assets")]
    [TestCase("DELETE", "/v1/workspace/assets/ast_1")]
    [TestCase("GET", "/files/ws_1/ast_1.mp4")]
    [TestCase("GET", "/v1/api-keys")]
    [TestCase("POST", "/v1/api-keys")]
    [TestCase("DELETE", "/v1/api-keys/key_1")]
    [TestCase("POST", "/v1/billing/portal")]
    [TestCase("POST", "/v1/billing/checkout")]
    public async Task Every_route_asks_for_the_key_before_all_else(string method, string path)
    {
        var answer = await Host.Nobody.SendContentAsync(
            method,
            PathOf(path) + "?limit=0&cursor=x",
            method == "GET" ? null : Caller.Json([.. "{"u8]),
            ("Idempotency-Key", ""));

        Assert.That((answer.Status, answer.Code), Is.EqualTo((401, "unauthorized")));
    }

    [Test]
    public async Task A_workspace_whose_address_is_not_verified_is_let_in_nowhere()
    {
        await VerifiedAsync(false);
        var answer = await Tenant.Raw.GetAsync("/v1/workspace");
        var create = await Tenant.Raw.PostAsync("/v1/webhooks", $$"""{"url": "{{GoodUrl}}"}""");
        await VerifiedAsync(true);

        Assert.That((answer.Status, answer.Code), Is.EqualTo((403, "email_not_verified")));
        Assert.That((create.Status, create.Code), Is.EqualTo((403, "email_not_verified")));
    }

    Task VerifiedAsync(bool verified) => Host.Data.Database.ExecuteAsync(
        "update workspaces set email_verified = $verified where id = $id", ("$verified", verified), ("$id", Tenant.Id.Value));

    static string ComparableHeaders(Answer answer) => string.Join('\n', answer.Headers
        .Where(header => !Restless().IsMatch(header.Key))
        .Select(header => $"{header.Key}: {header.Value}")
        .Order(StringComparer.Ordinal));

    [GeneratedRegex("^(Date|X-Request-Id|RateLimit-(Remaining|Reset))$", RegexOptions.IgnoreCase)]
    private static partial Regex Restless();
}
