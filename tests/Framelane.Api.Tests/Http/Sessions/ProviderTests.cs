using Framelane.Api.Conventions.RateLimiting;
using Framelane.Application.Abstractions;
using Framelane.Domain.Identities;
using Framelane.Infrastructure.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Api.Tests.Http.Sessions;

/// <summary>The provider rolls its keys over, goes away and comes back; strangers make up tokens.</summary>
public sealed class ProviderTests
{
    readonly FakeTimeProvider time = new();

    OidcProvider provider = null!;

    ApiHost host = null!;

    [SetUp]
    public async Task StartAsync()
    {
        provider = await OidcProvider.StartAsync();
        host = await StartHostAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Test]
    public async Task A_token_by_a_new_key_is_let_in_and_one_by_a_key_that_was_taken_back_is_not()
    {
        var (_, before) = await provider.LogInAsync("ada");
        await SyncAsync(before);
        await provider.RotateAsync();
        var (_, after) = await provider.LogInAsync("ada");

        time.Advance(ProviderKeys.Pause);
        Assert.That((await StatusAsync(after), await StatusAsync(before), await provider.ReadsAsync()), Is.EqualTo((200, 200, 2)));

        await provider.RetireAsync();
        time.Advance(ProviderKeys.Fresh);
        await Eventually.HoldsAsync(async () => await StatusAsync(before) == 401);
        Assert.That(await StatusAsync(after), Is.EqualTo(200));
    }

    [Test]
    public async Task Tokens_that_strangers_make_up_do_not_become_requests_to_the_provider()
    {
        await SyncAsync((await provider.LogInAsync("ada")).SessionToken);
        var forger = new Forger(await provider.PrivateKeyAsync(), provider.Issuer);
        string[] madeUp = [.. Enumerable.Range(0, 50).Select(i => forger.Make(header => header["kid"] = $"made up {i}"))];

        foreach (var token in madeUp)
            Assert.That(await StatusAsync(token), Is.EqualTo(401));
        Assert.That(await provider.ReadsAsync(), Is.EqualTo(1));

        time.Advance(ProviderKeys.Pause);
        await Task.WhenAll(madeUp.Select(StatusAsync));
        Assert.That(await provider.ReadsAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task While_the_provider_is_away_known_keys_serve_and_without_any_nobody_is_called_wrong()
    {
        var (_, token) = await provider.LogInAsync("ada");
        await SyncAsync(token);
        await provider.StopAsync();
        Assert.That(await StatusAsync(token), Is.EqualTo(200));

        await using var fresh = await StartHostAsync();
        var entered = await fresh.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Bearer {token}"));
        var synced = await fresh.Nobody.PostAsync("/v1/auth/sync", Body(token));
        Assert.Multiple(() =>
        {
            Assert.That((entered.Status, entered.Code), Is.EqualTo((503, "unavailable")));
            Assert.That((synced.Status, synced.Code), Is.EqualTo((503, "unavailable")));
            Assert.That(entered.Header("Retry-After"), Is.Not.Null);
            Assert.That(async () => (await fresh.First.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(200), "Keys need no provider.");
            Assert.That(async () => (await fresh.Nobody.GetAsync("/health", ("Authorization", $"Bearer {token}"))).Status, Is.EqualTo(200));
        });

        await provider.StartAgainAsync();
        time.Advance(ProviderKeys.Pause);
        Assert.That((await fresh.Nobody.PostAsync("/v1/auth/sync", Body((await provider.LogInAsync("ada")).SessionToken))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Wrong_tokens_count_as_wrong_keys_and_shut_nobody_out_who_was_let_in_before()
    {
        await using var strict = await StartHostAsync(
            services => services.AddSingleton<IRateLimiter>(new MemoryRateLimiter(time)), ("Framelane:RateLimits:UnauthenticatedRequestsPerMinute", "3"));
        var (token, late) = ((await provider.LogInAsync("ada")).SessionToken, (await provider.LogInAsync("grace")).SessionToken);
        foreach (var each in new[] { token, late })
            Assert.That((await strict.Nobody.PostAsync("/v1/auth/sync", Body(each))).Status, Is.EqualTo(200));
        Task<Answer> Enter(string shown) => strict.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Bearer {shown}"));
        Assert.That((await Enter(token)).Status, Is.EqualTo(200));
        var (_, next) = await provider.LogInAsync("ada");

        var answers = new List<Answer>();
        foreach (var wrong in new[] { token + "A", "e30.e30.AQ", (await provider.LogInAsync("nobody")).SessionToken, "e30.e30.AQ" })
            answers.Add(await Enter(wrong));

        Assert.That(answers.Select(answer => answer.Header("RateLimit-Remaining")), Is.EqualTo(new[] { "2", "1", "0", "0" }));
        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo(new[] { 401, 401, 401, 429 }));
        Assert.That(((await Enter(token)).Status, (await Enter(next)).Status, (await Enter(late)).Status), Is.EqualTo((200, 200, 429)), "A console has another token each minute.");
        Assert.That(((await Enter(next + "A")).Status, (await Enter(next)).Status), Is.EqualTo((429, 200)), "A token that is made up in somebody's name shuts nobody out.");
        Assert.That((await strict.First.Raw.GetAsync("/v1/workspace")).Status, Is.EqualTo(429), "Keys and tokens are counted together.");
    }

    [Test]
    public async Task Whose_workspace_is_gone_is_a_stranger_again()
    {
        var lookups = 0;
        await using var strict = await StartHostAsync(
            services => services.AddSingleton<IRateLimiter>(new MemoryRateLimiter(time)).Decorate<ISessionAuthenticator>(real => new Counted(real, () => lookups++)),
            ("Framelane:RateLimits:UnauthenticatedRequestsPerMinute", "3"));
        using var console = new Tenant((await provider.LogInAsync("ada")).SessionToken, strict.Url);
        Assert.That((await strict.Nobody.PostAsync("/v1/auth/sync", Body(console.Key))).Status, Is.EqualTo(200));
        Assert.That((await console.Raw.SendAsync("DELETE", "/v1/workspace")).Status, Is.EqualTo(202));

        lookups = 0;
        var answers = new List<int>();
        for (var i = 0; i < 5; i++)
            answers.Add((await console.Raw.GetAsync("/v1/workspace")).Status);

        Assert.That(answers, Is.EqualTo(new[] { 401, 401, 401, 429, 429 }));
        Assert.That(lookups, Is.EqualTo(3), "Beyond the limit no token is looked at.");
    }

    [Test]
    public async Task Where_nothing_is_counted_no_token_is_looked_at()
    {
        var (_, token) = await provider.LogInAsync("ada");

        foreach (var path in new[] { "/health", "/version", "/openapi.json" })
            Assert.That((await host.Nobody.GetAsync(path, ("Authorization", $"Bearer {token}"))).Status, Is.EqualTo(200));

        Assert.That(await provider.ReadsAsync(), Is.Zero);
    }

    [Test]
    public async Task Without_a_provider_nothing_is_configured_and_no_token_counts()
    {
        await using var none = await ApiHost.StartAsync();
        var (_, token) = await provider.LogInAsync("ada");

        var synced = await none.Nobody.PostAsync("/v1/auth/sync", Body(token));
        var entered = await none.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Bearer {token}"));

        Assert.That((synced.Status, synced.Code), Is.EqualTo((503, "not_configured")));
        Assert.That((entered.Status, entered.Code), Is.EqualTo((401, "unauthorized")));
        Assert.That(await provider.ReadsAsync(), Is.Zero);
    }

    /// <summary>Its clock stands still for the provider's keys alone.</summary>
    Task<ApiHost> StartHostAsync(Action<IServiceCollection>? change = null, params (string Key, string? Value)[] settings) => ApiHost.StartAsync(
        services =>
        {
            services.AddSingleton(all => ActivatorUtilities.CreateInstance<ProviderKeys>(all, time));
            change?.Invoke(services);
        },
        [("Framelane:Oidc:Issuer", provider.Issuer), ("Framelane:Oidc:AuthorizedParties:0", OidcProvider.Origin), .. settings]);

    async Task SyncAsync(string token) => Assert.That((await host.Nobody.PostAsync("/v1/auth/sync", Body(token))).Status, Is.EqualTo(200));

    async Task<int> StatusAsync(string token) => (await host.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Bearer {token}"))).Status;

    static string Body(string token) => $$"""{"clerk_token": "{{token}}"}""";

    sealed class Counted(ISessionAuthenticator real, Action count) : ISessionAuthenticator
    {
        public Task<AuthenticatedSession?> AuthenticateAsync(SessionToken presented, CancellationToken cancellationToken)
        {
            count();
            return real.AuthenticateAsync(presented, cancellationToken);
        }
    }
}
