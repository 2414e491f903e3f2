using System.Text.Json.Nodes;
using Framelane.Client;

namespace Framelane.Api.Tests.Http.Sessions;

/// <summary>The console with the tokens of a real provider: session tokens like Clerk's, which name the page (azp) and no audience.</summary>
public sealed class SessionTests
{
    static OidcProvider provider = null!;

    static ApiHost host = null!;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        provider = await OidcProvider.StartAsync();
        host = await ApiHost.StartAsync(("Framelane:Oidc:Issuer", provider.Issuer), ("Framelane:Oidc:AuthorizedParties:0", OidcProvider.Origin));
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Test]
    public async Task Whoever_comes_first_gets_a_workspace_and_once_a_key()
    {
        var (_, token) = await provider.LogInAsync("ada");
        using var console = new Tenant(token, host.Url);
        Assert.That((await console.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(401), "Nobody is let in who was not seen before.");

        var first = await console.Client.SyncSessionAsync(new() { ClerkToken = token });
        var noStore = console.Last.Header("Cache-Control");
        var second = await console.Client.SyncSessionAsync(new() { ClerkToken = (await provider.LogInAsync("ada")).SessionToken });
        using var key = new Tenant(first.ApiKey!, host.Url);

        Assert.Multiple(() =>
        {
            Assert.That((first.IsNew, second.IsNew, second.ApiKey), Is.EqualTo((true, false, (string?)null)));
            Assert.That(second.Workspace.Id, Is.EqualTo(first.Workspace.Id));
            Assert.That((first.Workspace.Email, first.Workspace.EmailVerified, first.Workspace.Plan), Is.EqualTo(("ada@example.com", true, Plan.Enterprise)));
            Assert.That(async () => (await console.Client.GetWorkspaceAsync()).Id, Is.EqualTo(first.Workspace.Id));
            Assert.That(async () => (await key.Client.GetWorkspaceAsync()).Id, Is.EqualTo(first.Workspace.Id));
            Assert.That(noStore, Is.EqualTo("no-store"));
        });
    }

    [TestCase("RS256")]
    [TestCase("PS256")]
    [TestCase("ES256")]
    public async Task Signatures_are_checked_by_the_algorithm_that_the_provider_signs_with(string algorithm)
    {
        using var console = await EnterAsync($"grace-{algorithm}", algorithm);

        Assert.That((await console.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task An_ID_token_names_no_page_and_is_none_here()
    {
        var (idToken, _) = await provider.LogInAsync("ada");

        Assert.That((await host.Nobody.PostAsync("/v1/auth/sync", Body(idToken))).Code, Is.EqualTo("unauthorized"));
    }

    [Test]
    public async Task Where_an_audience_is_asked_for_the_ID_token_counts_and_another_client_s_does_not()
    {
        await using var other = await ApiHost.StartAsync(("Framelane:Oidc:Issuer", provider.Issuer), ("Framelane:Oidc:Audience", OidcProvider.Client()));
        var (idToken, sessionToken) = await provider.LogInAsync("ada");
        var (foreign, _) = await provider.LogInAsync("ada", "ES256");

        Assert.That((await other.Nobody.PostAsync("/v1/auth/sync", Body(idToken))).Status, Is.EqualTo(200));
        Assert.That((await other.Nobody.PostAsync("/v1/auth/sync", Body(foreign))).Status, Is.EqualTo(401));
        Assert.That((await other.Nobody.PostAsync("/v1/auth/sync", Body(sessionToken))).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task An_address_that_the_provider_has_not_verified_is_not_taken()
    {
        using var console = await EnterAsync("unverified-hedy");

        Assert.That((await console.Client.GetWorkspaceAsync()).Email, Is.Null);
    }

    [Test]
    public async Task Of_many_first_syncs_at_once_one_makes_the_workspace()
    {
        var (_, token) = await provider.LogInAsync("margaret");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Nobody.PostAsync("/v1/auth/sync", Body(token))));

        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(answer => answer.Status), Has.All.EqualTo(200));
            Assert.That(answers.Count(answer => (bool)answer.Json["is_new"]!), Is.EqualTo(1));
            Assert.That(answers.Count(answer => answer.Json["api_key"] is not null), Is.EqualTo(1));
            Assert.That(answers.Select(answer => (string?)answer.Json["workspace"]!["id"]).Distinct().Count(), Is.EqualTo(1));
        });
        using var console = new Tenant(token, host.Url);
        Assert.That((await console.Client.ListApiKeysAsync()).Data, Has.Count.EqualTo(1));
    }

    [TestCase("GET", "/v1/workspace", null, 200)]
    [TestCase("PATCH", "/v1/workspace", """{"name": "Atelier"}""", 200)]
    [TestCase("DELETE", "/v1/workspace/previous-secret", null, 204)]
    [TestCase("GET", "/v1/workspace/usage", null, 200)]
    [TestCase("GET", "/v1/workspace/audit-log", null, 200)]
    [TestCase("GET", "/v1/workspace/assets", null, 200)]
    [TestCase("GET", "/v1/api-keys", null, 200)]
    [TestCase("POST", "/v1/api-keys", """{"name": "CI"}""", 201)]
    [TestCase("POST", "/v1/webhooks", """{"url": "http://127.0.0.1:9/hook"}""", 201)]
    [TestCase("GET", "/v1/deliveries", null, 200)]
    [TestCase("POST", "/v1/uploads", """{"content_type": "video/mp4"}""", 201)]
    [TestCase("POST", "/v1/renders", """{"output_format": "png", "width": 16, "height": 16}""", 202)]
    [TestCase("POST", "/v1/renders/validate", """{"width": 16, "height": 16}""", 200)]
    [TestCase("GET", "/v1/capabilities", null, 200)]
    public async Task A_session_is_let_in_wherever_a_key_is(string method, string path, string? body, int status)
    {
        using var console = await EnterAsync("radia");

        Assert.That((await console.Raw.SendAsync(method, path, body)).Status, Is.EqualTo(status));
    }

    [Test]
    public async Task The_audit_log_tells_the_console_from_a_key()
    {
        var (_, token) = await provider.LogInAsync("katherine");
        using var console = new Tenant(token, host.Url);
        var synced = await console.Client.SyncSessionAsync(new() { ClerkToken = token });
        using var key = new Tenant(synced.ApiKey!, host.Url);
        var first = (await console.Client.ListApiKeysAsync()).Data.Single();

        await console.Client.CreateApiKeyAsync(new() { Name = "By the console" });
        await key.Client.UpdateWorkspaceAsync(new() { Name = "By the key" });

        var log = (await console.Client.ListAuditLogAsync()).Data;
        Assert.That(log.Select(entry => (entry.Action, entry.Subject, entry.ApiKeyId, entry.Address)), Is.EquivalentTo(new[]
        {
            ("workspace.updated", null, first.Id, "127.0.0.1"),
            ("api_key.created", "katherine", null, "127.0.0.1"),
            ("api_key.created", "katherine", null, "127.0.0.1"),
            ("workspace.created", "katherine", (string?)null, "127.0.0.1"),
        }));
    }

    [Test]
    public async Task Whoever_lost_their_workspace_is_refused_at_once()
    {
        using var console = await EnterAsync("barbara");
        Assert.That((await console.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200));

        await host.Data.Database.ExecuteAsync("delete from identities where subject = 'barbara'");

        Assert.That((await console.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_session_and_a_key_are_let_in_by_the_same_rule_of_verified_addresses()
    {
        using var console = await EnterAsync("frances");
        await host.Data.Database.ExecuteAsync("update workspaces set email_verified = 0 where id = (select workspace_id from identities where subject = 'frances')");

        Assert.That((await console.Raw.GetAsync("/v1/workspace")).Code, Is.EqualTo("email_not_verified"));
    }

    [Test]
    public async Task A_repeat_under_the_key_has_no_key_whoever_sends_it()
    {
        var body = Body((await provider.LogInAsync("joan")).SessionToken);

        var first = await host.Nobody.PostAsync("/v1/auth/sync", body, ("Idempotency-Key", "joan"));
        var repeat = await host.First.Raw.PostAsync("/v1/auth/sync", body, ("Idempotency-Key", "joan"));
        var other = await host.Nobody.PostAsync("/v1/auth/sync", Body("e30.e30.AQ"), ("Idempotency-Key", "joan"));

        Assert.Multiple(() =>
        {
            Assert.That((first.Status, (bool)first.Json["is_new"]!, (string?)first.Json["api_key"]), Is.EqualTo((200, true, (string?)first.Json["api_key"])));
            Assert.That((string?)first.Json["api_key"], Does.StartWith("fl_live_"));
            Assert.That((repeat.Status, repeat.Header("Idempotency-Replayed")), Is.EqualTo((200, "true")));
            Assert.That(JsonNode.DeepEquals(repeat.Json, Without(first.Json, "api_key")), repeat.Body);
            Assert.That((other.Status, other.Code), Is.EqualTo((409, "idempotency_conflict")));
        });
    }

    [Test]
    public async Task A_refused_sync_takes_no_key()
    {
        var refused = await host.Nobody.PostAsync("/v1/auth/sync", Body("e30.e30.AQ"), ("Idempotency-Key", "annie"));
        var accepted = await host.Nobody.PostAsync("/v1/auth/sync", Body((await provider.LogInAsync("annie")).SessionToken), ("Idempotency-Key", "annie"));

        Assert.That((refused.Status, accepted.Status), Is.EqualTo((401, 200)));
    }

    [TestCase("{}", "body/clerk_token missing")]
    [TestCase("""{"clerk_token": ""}""", "body/clerk_token too_short")]
    [TestCase("""{"clerk_token": 7}""", "body/clerk_token string_type")]
    public async Task A_body_without_a_token_is_told_so(string body, string fault) =>
        Assert.That((await host.Nobody.PostAsync("/v1/auth/sync", body)).Faults, Is.EqualTo(new[] { fault }));

    static async Task<Tenant> EnterAsync(string subject, string algorithm = "RS256")
    {
        var (_, token) = await provider.LogInAsync(subject, algorithm);
        var console = new Tenant(token, host.Url);
        await console.Client.SyncSessionAsync(new() { ClerkToken = token });
        return console;
    }

    static string Body(string token) => $$"""{"clerk_token": "{{token}}"}""";

    static JsonNode Without(JsonNode json, string name)
    {
        var copy = json.DeepClone();
        copy[name] = null;
        return copy;
    }
}
