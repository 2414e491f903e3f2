using System.Xml.Linq;
using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Secrets;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Framelane.Infrastructure.Tests.Secrets;

/// <remarks>Data Protection goes by the system's clock, so a ring's past is made by a clock that runs behind it.</remarks>
public sealed class KeyRingTests
{
    static readonly WorkspaceId Workspace = WorkspaceId.New(DateTimeOffset.UnixEpoch);

    SqliteDatabase database = null!;

    [SetUp]
    public void Prepare() => database = new();

    [TearDown]
    public void Clean() => database.Dispose();

    [Test]
    public async Task A_key_is_made_ahead_of_the_end_of_the_last_one_and_used_once_all_nodes_know_it()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await StartAsync(time);
        time.Advance(TimeSpan.FromDays(75));
        await host.Get<KeyRing>().EnsureAsync(CancellationToken.None);
        Assert.That(Keys(host), Has.Count.EqualTo(1), "the last one is good for 15 days more");
        time.Advance(TimeSpan.FromDays(2));
        await host.Get<KeyRing>().EnsureAsync(CancellationToken.None);
        await host.Get<KeyRing>().EnsureAsync(CancellationToken.None);
        var keys = Keys(host);
        Assert.That(keys, Has.Count.EqualTo(2));
        Assert.That(keys[1].ActivationDate, Is.EqualTo(time.GetUtcNow().AddDays(2)).Within(TimeSpan.FromSeconds(1)));
        Assert.That(keys[1].ActivationDate, Is.LessThan(keys[0].ExpirationDate), "no hour without a key");
    }

    [Test]
    public async Task A_new_key_seals_and_the_old_one_still_opens()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-88));
        await using var before = await StartAsync(time);
        var first = Keys(before).Single().KeyId;
        var secret = SigningSecret.Generate();
        var old = Seal(before, secret);
        Assert.That(KeyOf(old), Is.EqualTo(first));

        time.Advance(TimeSpan.FromDays(80));
        await before.Get<KeyRing>().EnsureAsync(CancellationToken.None);
        await using var after = await StartAsync(time);
        var latest = Seal(after, secret);
        Assert.That(KeyOf(latest), Is.Not.EqualTo(first));
        Assert.That(Open(after, old), Is.EqualTo(secret.Reveal()));
        Assert.That(Open(before, latest), Is.EqualTo(secret.Reveal()), "a node that read the ring earlier looks again");
    }

    [Test]
    public async Task What_an_expired_key_sealed_still_opens()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(-80));
        SealedSecret old;
        var secret = SigningSecret.Generate();
        await using (var before = await StartAsync(time))
        {
            old = Seal(before, secret);
            await ExpireAsync(before);
        }

        time.Advance(TimeSpan.FromDays(80));
        await using var now = await StartAsync(time);
        Assert.That(Keys(now), Has.Count.EqualTo(2));
        Assert.That(Open(now, old), Is.EqualTo(secret.Reveal()));
        Assert.That(KeyOf(Seal(now, secret)), Is.Not.EqualTo(KeyOf(old)));
    }

    [Test]
    public async Task A_stored_key_is_wrapped()
    {
        await using var host = await StartAsync(new(DateTimeOffset.UtcNow));
        var xml = await host.ReadAsync(db => db.DataProtectionKeys.Select(key => key.Xml).SingleAsync());
        Assert.That(xml, Does.Contain("wrappedByMasterKey").And.Not.Contain("masterKey>"));
    }

    async Task<TestHost> StartAsync(FakeTimeProvider time)
    {
        var host = new TestHost(database, time);
        await host.InitializeAsync();
        return host;
    }

    static async Task ExpireAsync(TestHost host)
    {
        var xml = XElement.Parse(await host.ReadAsync(db => db.DataProtectionKeys.Select(key => key.Xml).SingleAsync()));
        xml.Element("expirationDate")!.Value = DateTimeOffset.UtcNow.AddDays(-1).ToString("O");
        var text = xml.ToString(SaveOptions.DisableFormatting);
        await host.WriteAsync(db => db.DataProtectionKeys.ExecuteUpdateAsync(row => row.SetProperty(key => key.Xml, text)));
    }

    static List<IKey> Keys(TestHost host) => [.. host.Get<IKeyManager>().GetAllKeys().OrderBy(key => key.ActivationDate)];

    static SealedSecret Seal(TestHost host, SigningSecret secret) => host.Get<ISecretProtector>().Seal(Workspace, 1, secret);

    static string Open(TestHost host, SealedSecret secret) => host.Get<ISecretProtector>().Open(Workspace, secret).Reveal();

    /// <summary>The id of the key that sealed it: behind four bytes that say whose format this is.</summary>
    static Guid KeyOf(SealedSecret secret) => new(secret.Ciphertext.Span[4..20]);
}
