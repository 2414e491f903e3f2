using System.Security.Cryptography;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence.Idempotency;
using Framelane.Infrastructure.Secrets;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Framelane.Infrastructure.Tests.Secrets;

/// <summary>What somebody has who has the database alone, as from a backup.</summary>
public sealed class SecretsAtRestTests : StorageTests<SqliteDatabase>
{
    [Test]
    public async Task No_byte_of_the_database_is_a_secret_s()
    {
        var secret = await RotateWithKeyAsync();
        using var copy = await CopyAsync();
        var bytes = await File.ReadAllBytesAsync(copy.File);
        var apiKey = await ReadAsync("api-key");
        Assert.That(Holds(bytes, WorkspaceId.Value), "what is not secret is found by the same look");
        Assert.That(Holds(bytes, apiKey[..16]), "what a key is looked up by");
        Assert.Multiple(() =>
        {
            Assert.That(Holds(bytes, secret), Is.False);
            Assert.That(Holds(bytes, secret["whsec_".Length..]), Is.False);
            Assert.That(bytes.AsSpan().IndexOf(SigningSecret.FromRevealed(secret).RawKey()), Is.Negative);
            Assert.That(Holds(bytes, apiKey), Is.False);
            Assert.That(Holds(bytes, apiKey[16..]), Is.False);
        });
        var master = await ReadAsync(MasterKey.DefaultFile);
        Assert.That(Holds(bytes, master), Is.False);
        Assert.That(bytes.AsSpan().IndexOf(Convert.FromBase64String(master)), Is.Negative);
    }

    [Test]
    public async Task A_copy_without_the_master_key_does_not_start_and_says_why()
    {
        await RotateWithKeyAsync();
        using var copy = await CopyAsync();
        await using var host = new TestHost(copy, Time);
        Assert.That(host.InitializeAsync, Throws.InstanceOf<MasterKeyException>().With.Message.Contains(SecretsOptions.MasterKeyFileKey).And.Message.Contains("put it back"));
        Assert.That(File.Exists(Path.Combine(copy.Folder, MasterKey.DefaultFile)), Is.False, "a new one in its place would hide the loss");
        await AssertOpensNothingAsync(host);
    }

    [Test]
    public async Task A_copy_with_another_master_key_does_not_start_and_says_why()
    {
        await RotateWithKeyAsync();
        using var copy = await CopyAsync();
        await File.WriteAllTextAsync(Path.Combine(copy.Folder, MasterKey.DefaultFile), Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Length)));
        await using var host = new TestHost(copy, Time);
        Assert.That(host.InitializeAsync, Throws.InstanceOf<MasterKeyException>().With.Message.Contains(SecretsOptions.MasterKeyFileKey).And.Message.Contains("not the one"));
        Assert.That(await host.ReadAsync(db => db.DataProtectionKeys.CountAsync()), Is.EqualTo(1), "no new key beside the one that does not open");
        await AssertOpensNothingAsync(host);
    }

    [Test]
    public async Task A_copy_with_the_master_key_opens_all_of_it()
    {
        var secret = await RotateWithKeyAsync();
        using var copy = await CopyAsync();
        File.Copy(Path.Combine(Database.Folder, MasterKey.DefaultFile), Path.Combine(copy.Folder, MasterKey.DefaultFile));
        await using var host = new TestHost(copy, Time);
        await host.InitializeAsync();
        var workspace = await host.ReadAsync(db => db.Workspaces.SingleAsync());
        Assert.That(host.Get<ISecretProtector>().Open(WorkspaceId, workspace.CurrentSecret).Reveal(), Is.EqualTo(secret));
        var record = await host.ReadAsync(db => db.IdempotencyKeys.SingleAsync());
        Assert.That(host.Get<AnswerKeeper>().Reveal(record.Scope, record.Key, record.Answer!), Is.EqualTo(Encoding.UTF8.GetBytes($"\"{secret}\"")));
    }

    [Test]
    public void What_is_sealed_for_one_workspace_and_epoch_opens_for_no_other()
    {
        var protector = Host.Get<ISecretProtector>();
        var secret = SigningSecret.Generate();
        var box = protector.Seal(WorkspaceId, 5, secret);
        var other = WorkspaceId.New(Now);
        Assert.That(protector.Open(WorkspaceId, box).Reveal(), Is.EqualTo(secret.Reveal()));
        Assert.Multiple(() =>
        {
            Assert.That(() => protector.Open(other, box), Throws.InstanceOf<CryptographicException>());
            Assert.That(() => protector.Open(WorkspaceId, box with { Epoch = 6 }), Throws.InstanceOf<CryptographicException>());
            Assert.That(() => protector.Open(WorkspaceId, box with { Epoch = 4 }), Throws.InstanceOf<CryptographicException>());
            Assert.That(() => protector.Open(WorkspaceId, new(Changed(box.Ciphertext), 5)), Throws.InstanceOf<CryptographicException>());
        });
    }

    [Test]
    public void The_same_secret_is_sealed_differently_each_time()
    {
        var protector = Host.Get<ISecretProtector>();
        var secret = SigningSecret.Generate();
        var first = protector.Seal(WorkspaceId, 5, secret);
        Assert.That(protector.Seal(WorkspaceId, 5, secret), Is.Not.EqualTo(first));
    }

    async Task<string> RotateWithKeyAsync()
    {
        var claim = (await Host.Get<IIdempotencyStore>().ClaimAsync("scope", "key", [1], CancellationToken.None)).Claim;
        return (await Host.WriteAsync((services, token) => RotateAsync(services, WorkspaceId, token), claim)).Value!;
    }

    static async Task AssertOpensNothingAsync(TestHost host)
    {
        var workspace = await host.ReadAsync(db => db.Workspaces.SingleAsync());
        var record = await host.ReadAsync(db => db.IdempotencyKeys.SingleAsync());
        Assert.Multiple(() =>
        {
            Assert.That(() => host.Get<ISecretProtector>().Open(workspace.Id, workspace.CurrentSecret), Throws.Exception);
            Assert.That(() => host.Get<AnswerKeeper>().Reveal(record.Scope, record.Key, record.Answer!), Throws.Exception);
        });
    }

    /// <summary>All of the database in one file, without what lies beside it.</summary>
    async Task<SqliteDatabase> CopyAsync()
    {
        var copy = new SqliteDatabase();
        await using var db = Host.NewContext();
        await db.Database.ExecuteSqlAsync($"VACUUM INTO {copy.File}");
        return copy;
    }

    async Task<string> ReadAsync(string file) => (await File.ReadAllTextAsync(Path.Combine(Database.Folder, file))).Trim();

    static bool Holds(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    static byte[] Changed(ReadOnlyMemory<byte> bytes)
    {
        var changed = bytes.ToArray();
        changed[^1] ^= 1;
        return changed;
    }
}
