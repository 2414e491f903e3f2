using System.Security.Cryptography;
using System.Text.Json;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Sessions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Tokens;

namespace Framelane.Infrastructure.Tests.Sessions;

public sealed class ProviderKeysTests
{
    static readonly RSA Rsa = RSA.Create(2048);

    readonly FakeTimeProvider time = new();
    readonly Provider provider = new();

    ProviderKeys keys = null!;

    [SetUp]
    public void Start() => keys = new(Options.Create(new OidcOptions { Issuer = Provider.Issuer }), provider, time, NullLogger<ProviderKeys>.Instance);

    [OneTimeTearDown]
    public static void Forget() => Rsa.Dispose();

    [Test]
    public async Task They_are_read_when_first_asked_for_and_once_for_all_who_ask()
    {
        Assert.That(provider.Reads, Is.Zero);
        provider.Hold();
        var asked = Enumerable.Range(0, 20).Select(_ => FindAsync("one")).ToArray();
        provider.Go();
        Assert.That(await Task.WhenAll(asked), Has.All.EqualTo(1));
        Assert.That((await FindAsync("one"), provider.Reads), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_key_that_is_not_among_them_has_them_read_again_but_not_sooner_than_after_the_pause()
    {
        await FindAsync("one");
        provider.Keys.Add(Signing("two"));
        for (var i = 0; i < 100; i++)
            Assert.That(await FindAsync($"made up {i}"), Is.Zero);
        Assert.That((await FindAsync("two"), provider.Reads), Is.EqualTo((0, 1)));
        time.Advance(ProviderKeys.Pause);
        Assert.That((await FindAsync("two"), provider.Reads), Is.EqualTo((1, 2)));
        for (var i = 0; i < 100; i++)
            Assert.That(await FindAsync($"made up {i}"), Is.Zero);
        Assert.That(provider.Reads, Is.EqualTo(2));
    }

    [Test]
    public async Task Old_ones_are_read_again_while_they_serve_and_what_was_taken_back_is_gone()
    {
        await FindAsync("one");
        provider.Keys.Clear();
        provider.Keys.Add(Signing("two"));
        time.Advance(ProviderKeys.Fresh - TimeSpan.FromTicks(1));
        Assert.That((await FindAsync("one"), provider.Reads), Is.EqualTo((1, 1)));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.That(await FindAsync("one"), Is.EqualTo(1), "nobody waits for it");
        await Eventually.HoldsAsync(async () => await FindAsync("one") == 0);
        Assert.That((await FindAsync("two"), provider.Reads), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task They_serve_for_a_day_while_the_provider_is_away()
    {
        await FindAsync("one");
        provider.IsAway = true;
        time.Advance(ProviderKeys.Spoilt - TimeSpan.FromTicks(1));
        Assert.That(await FindAsync("one"), Is.EqualTo(1));
        await Eventually.HoldsAsync(() => provider.Reads == 2);
        Assert.That(await FindAsync("two"), Is.Zero);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.That(() => FindAsync("one"), Throws.InstanceOf<Application.Abstractions.UnavailableException>());
    }

    [Test]
    public async Task Without_any_it_is_said_so_and_the_provider_is_left_alone_until_the_pause_is_over()
    {
        provider.IsAway = true;
        for (var i = 0; i < 100; i++)
            Assert.That(() => FindAsync("one"), Throws.InstanceOf<Application.Abstractions.UnavailableException>());
        Assert.That(provider.Reads, Is.EqualTo(1));
        provider.IsAway = false;
        time.Advance(ProviderKeys.Pause);
        Assert.That(await FindAsync("one"), Is.EqualTo(1));
    }

    [TestCase("no address")]
    [TestCase("no keys")]
    [TestCase("shared")]
    [TestCase("sealing")]
    [TestCase("algorithm")]
    [TestCase("nameless")]
    public async Task An_answer_without_a_key_to_check_by_is_none_and_the_former_keys_serve(string answer)
    {
        await FindAsync("one");
        provider.NamesAddress = answer != "no address";
        provider.Keys.Clear();
        provider.Keys.AddRange(answer switch
        {
            "shared" => [new { kty = "oct", kid = "two", k = Base64UrlEncoder.Encode(new byte[32]), alg = "HS256" }],
            "sealing" => [Signing("two", use: "enc")],
            "algorithm" => [Signing("two", algorithm: "RSA-OAEP")],
            "nameless" => [Signing("")],
            _ => Array.Empty<object>(),
        });
        time.Advance(ProviderKeys.Fresh);
        Assert.That((await FindAsync("two"), provider.Reads), Is.EqualTo((0, 2)));
        Assert.That(await FindAsync("one"), Is.EqualTo(1));

        time.Advance(ProviderKeys.Spoilt - ProviderKeys.Fresh);
        Assert.That(() => FindAsync("one"), Throws.InstanceOf<Application.Abstractions.UnavailableException>());
    }

    [Test]
    public void Those_of_a_document_that_names_another_issuer_are_not_taken()
    {
        provider.Named = "https://id.example.com/";
        Assert.That(() => FindAsync("one"), Throws.InstanceOf<Application.Abstractions.UnavailableException>());
    }

    [Test]
    public async Task Only_keys_that_others_cannot_sign_with_are_taken()
    {
        provider.Keys.Add(new { kty = "oct", kid = "shared", k = Base64UrlEncoder.Encode(new byte[32]), alg = "HS256" });
        provider.Keys.Add(Signing("sealing", use: "enc"));
        Assert.That((await FindAsync("shared"), await FindAsync("sealing"), await FindAsync("one"), await FindAsync("ONE")), Is.EqualTo((0, 0, 1, 0)));
    }

    [Test]
    public void Who_waits_no_longer_is_let_go()
    {
        provider.Hold();
        using var gone = new CancellationTokenSource();
        var asked = keys.FindAsync("one", gone.Token);
        gone.Cancel();
        Assert.That(() => asked, Throws.InstanceOf<OperationCanceledException>());
        provider.Go();
    }

    async Task<int> FindAsync(string keyId) => (await keys.FindAsync(keyId, CancellationToken.None)).Count;

    static object Signing(string id, string use = "sig", string algorithm = "")
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new(Rsa.ExportParameters(false)));
        return new { kty = key.Kty, kid = id, use, alg = algorithm, n = key.N, e = key.E };
    }

    sealed class Provider : IDocumentRetriever
    {
        public const string Issuer = "https://id.example.com";

        TaskCompletionSource open = new();

        int reads;

        public Provider() => Go();

        public List<object> Keys { get; } = [Signing("one")];

        public string Named { get; set; } = Issuer;

        public bool NamesAddress { get; set; } = true;

        public bool IsAway { get; set; }

        public int Reads => Volatile.Read(ref reads);

        public void Hold() => open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Go() => open.TrySetResult();

        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            if (address == Issuer + "/.well-known/openid-configuration")
                Interlocked.Increment(ref reads);
            await open.Task;
            if (IsAway)
                throw new HttpRequestException("Nobody answers.");
            return address.EndsWith("/keys", StringComparison.Ordinal)
                ? JsonSerializer.Serialize(new { keys = Keys })
                : JsonSerializer.Serialize(new { issuer = Named, jwks_uri = NamesAddress ? Issuer + "/keys" : "" });
        }
    }
}
