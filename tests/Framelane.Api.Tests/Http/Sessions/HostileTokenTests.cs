namespace Framelane.Api.Tests.Http.Sessions;

/// <summary>Tokens that no sound provider signs, most of them signed with the provider's own key: so that one thing alone is wrong.</summary>
public sealed class HostileTokenTests
{
    static OidcProvider provider = null!;

    static ApiHost host = null!;

    static Forger forger = null!;

    static Answer missing = null!;

    static IEnumerable<string> Names => HostileTokens.All.Keys;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        provider = await OidcProvider.StartAsync();
        host = await ApiHost.StartAsync(
            ("Framelane:Oidc:Issuer", provider.Issuer),
            ("Framelane:Oidc:Audience", OidcProvider.Client()),
            ("Framelane:Oidc:AuthorizedParties:0", OidcProvider.Origin));
        forger = new(await provider.PrivateKeyAsync(), provider.Issuer);
        missing = await host.Nobody.GetAsync("/v1/workspace");
        var synced = await SyncAsync(forger.Make());
        Assert.That(synced.Status, Is.EqualTo(200), synced.Body);
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        await host.DisposeAsync();
        await provider.DisposeAsync();
    }

    [Test]
    public async Task What_is_forged_here_is_sound_but_for_what_a_test_does_to_it()
    {
        string[] sound =
        [
            forger.Make(),
            forger.Make(header => header.Remove("typ")),
            forger.Make(header => header["typ"] = "jwt"),
            forger.Make(payload: claims => claims.Remove("nbf")),
            forger.Make(payload: claims => claims["aud"] = new System.Text.Json.Nodes.JsonArray("another", OidcProvider.Client())),
            forger.Make(payload: claims => claims["exp"] = Forger.Now - 3),
            forger.Make(payload: claims => claims["nbf"] = Forger.Now + 5),
            forger.Make(payload: claims => claims["exp"] = Forger.Now + 60.5),
        ];

        foreach (var token in sound)
            Assert.That((await EnterAsync(token)).Status, Is.EqualTo(200), token);
    }

    [TestCaseSource(nameof(Names))]
    public async Task It_is_refused_like_every_wrong_key(string name)
    {
        var token = HostileTokens.All[name](forger);

        var entered = await EnterAsync(token);
        var synced = await SyncAsync(token);

        Assert.Multiple(() =>
        {
            Assert.That((entered.Status, entered.Body), Is.EqualTo((401, missing.Body)));
            Assert.That((synced.Status, synced.Code, synced.Message), Is.EqualTo((401, "unauthorized", "Missing or invalid session token.")));
            Assert.That((entered.Header("WWW-Authenticate"), synced.Header("WWW-Authenticate")), Is.EqualTo(("Bearer", "Bearer")));
        });
    }

    [TestCase("jku")]
    [TestCase("x5u")]
    public async Task An_address_in_a_token_is_never_asked(string header)
    {
        await using var canary = await Receiver.StartAsync();

        var answer = await EnterAsync(HostileTokens.PointingTo(forger, header, canary.Url));

        Assert.That((answer.Status, canary.Deliveries.Count), Is.EqualTo((401, 0)));
    }

    [Test]
    public async Task A_token_that_is_too_long_is_not_read()
    {
        var token = forger.Make(payload: claims => claims["padding"] = new string('p', 8192));

        var entered = await EnterAsync(token);
        var synced = await SyncAsync(token);

        Assert.That((entered.Status, entered.Body), Is.EqualTo((401, missing.Body)));
        Assert.That((synced.Status, synced.Faults), Is.EqualTo((422, new[] { "body/clerk_token too_long" })));
        Assert.That(synced.Body, Does.Not.Contain(token[..40]));
    }

    static Task<Answer> EnterAsync(string token) => host.Nobody.GetAsync("/v1/workspace", ("Authorization", $"Bearer {token}"));

    static Task<Answer> SyncAsync(string token) => host.Nobody.PostAsync("/v1/auth/sync", $$"""{"clerk_token": "{{token}}"}""");
}
