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

    static readonly string[] Open = ["GET /v1/capabilities", "POST /v1/auth/sync", "POST /v1/signup", "POST /v1/signup/verify", "POST /v1/signup/resend"];

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

    [Test]
    public async Task Every_route_but_those_for_newcomers_asks_for_the_key_before_all_else()
    {
        var open = new List<string>();
        foreach (var (method, route) in Host.Routes())
        {
            var answer = await Host.Nobody.SendContentAsync(
                method,
                route.PathOf(name => name == "webhook_id" ? WebhookId : $"{name}_1") + "?limit=0&cursor=x",
                method == "GET" ? null : Caller.Json([.. "{"u8]),
                ("Idempotency-Key", ""));
            if ((answer.Status, answer.Code) != (401, "unauthorized"))
                open.Add($"{method} /{route.RawText}");
        }

        Assert.That(open, Is.EquivalentTo(Open));
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
