using System.Data.Common;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Mail;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Idempotency;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Secrets;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Secrets;

/// <summary>What lies encrypted is encrypted anew, all of it or nothing, and opens as before.</summary>
[EveryDatabase]
public sealed class ReencryptionTests<TDatabase> : StorageTests<TDatabase>
    where TDatabase : TestDatabase, new()
{
    [Test]
    public async Task Secrets_current_and_previous_open_as_before_under_a_ring_of_their_own()
    {
        await Host.WriteAsync<string>((services, token) => RotateAsync(services, WorkspaceId, token));
        var (secret, sealedBefore, ringBefore) = (await OpenAsync(Host), await SealedAsync(), await RingAsync());
        var done = await Host.Get<ISecretReencryption>().RunAsync(null, CancellationToken.None);
        Assert.That(done.Value!.Workspaces, Is.EqualTo(1));

        await using var next = NewHost();
        await next.InitializeAsync();
        Assert.That(await OpenAsync(next), Is.EqualTo(secret));
        Assert.That(await SealedAsync(), Is.Not.EqualTo(sealedBefore));
        var ring = await RingAsync();
        Assert.That(ring, Has.Count.EqualTo(1));
        Assert.That(ring.Intersect(ringBefore), Is.Empty);
    }

    [Test]
    public async Task Where_one_thing_does_not_open_nothing_is_changed()
    {
        await Host.WriteAsync(db =>
        {
            db.Mails.Add(new MailRecord { Id = "mail_1", Recipient = "a@example.com", Subject = "a", Body = "broken", CreatedAt = Now, ClaimableAt = Now });
            return Task.CompletedTask;
        });
        var (sealedBefore, ringBefore) = (await SealedAsync(), await RingAsync());
        Assert.That(() => Host.Get<ISecretReencryption>().RunAsync(null, CancellationToken.None), Throws.Exception);
        Assert.That(await SealedAsync(), Is.EqualTo(sealedBefore));
        Assert.That(await RingAsync(), Is.EqualTo(ringBefore));
    }

    [Test]
    public async Task However_much_there_is_it_is_read_page_by_page_and_what_is_past_its_time_goes()
    {
        const int Answers = 2 * Reencryption.PageSize + 10, Mails = Reencryption.PageSize + 1;
        var protection = Host.Get<IDataProtectionProvider>();
        await Host.WriteAsync(db =>
        {
            db.IdempotencyKeys.AddRange(Enumerable.Range(0, Answers).Select(i => Remembered(protection, $"scope {i % 3}", $"key {i}", Now)));
            db.IdempotencyKeys.AddRange(Enumerable.Range(0, 10).Select(i => Remembered(protection, "scope 1", $"old {i}", Now.AddDays(-1))));
            db.Mails.AddRange(Enumerable.Range(0, Mails).Select(i => new MailRecord
            {
                Id = $"mail_{i}", Recipient = "a@example.com", Subject = "a", Body = protection.ForMail($"mail_{i}").Protect($"text {i}"), CreatedAt = Now, ClaimableAt = Now,
            }));
            return Task.CompletedTask;
        });
        var reads = new ReadRows();
        await using var watched = NewHost(services => services.ConfigureDbContext<FramelaneDbContext>(options => options.AddInterceptors(reads)));

        var done = await watched.Get<ISecretReencryption>().RunAsync(null, CancellationToken.None);

        Assert.That(done.Value, Is.EqualTo(new Reencrypted(1, Answers, Mails)));
        Assert.That(reads.Most, Is.LessThanOrEqualTo(Reencryption.PageSize));
        await using var next = NewHost();
        await next.InitializeAsync();
        var renewed = next.Get<IDataProtectionProvider>();
        Assert.That(await next.ReadAsync(async db => (await db.IdempotencyKeys.ToListAsync()).TrueForAll(
            each => Encoding.UTF8.GetString(renewed.ForAnswer(each.Scope, each.Key).Unprotect(each.Answer!)) == each.Key)), Is.True);
        Assert.That(await next.ReadAsync(async db => (await db.Mails.ToListAsync()).TrueForAll(
            each => renewed.ForMail(each.Id).Unprotect(each.Body) == each.Id.Replace("mail_", "text ", StringComparison.Ordinal))), Is.True);
    }

    [Test]
    public async Task While_another_process_runs_or_may_still_run_it_is_refused()
    {
        await using var other = NewHost();
        await other.RegisterAsync();
        var ringBefore = await RingAsync();
        Assert.That((await Host.Get<ISecretReencryption>().RunAsync(null, CancellationToken.None)).Error?.Code, Is.EqualTo("conflict"));
        Assert.That(await RingAsync(), Is.EqualTo(ringBefore));
        await other.Get<NodeRegistry>().StopAsync(CancellationToken.None);
        Assert.That((await Host.Get<ISecretReencryption>().RunAsync(null, CancellationToken.None)).IsSuccess, Is.True);
    }

    static IdempotencyRecord Remembered(IDataProtectionProvider protection, string scope, string key, DateTimeOffset at) => new()
    {
        Scope = scope, Key = key, Fingerprint = [1], Token = 1, CreatedAt = at, LeaseExpiresAt = at, Answer = protection.ForAnswer(scope, key).Protect(Encoding.UTF8.GetBytes(key)),
    };

    async Task<string> OpenAsync(TestHost host)
    {
        var workspace = await host.ReadAsync(db => db.Workspaces.SingleAsync(each => each.Id == WorkspaceId));
        return host.Get<ISecretProtector>().Open(workspace.Id, workspace.CurrentSecret).Reveal();
    }

    Task<byte[]> SealedAsync() => Host.ReadAsync(async db => (await db.Workspaces.SingleAsync(each => each.Id == WorkspaceId)).CurrentSecret.Ciphertext.ToArray());

    Task<List<string>> RingAsync() => Host.ReadAsync(db => db.DataProtectionKeys.Select(key => key.Id).ToListAsync());

    /// <summary>How many rows the largest answer of the database had.</summary>
    sealed class ReadRows : DbCommandInterceptor
    {
        public int Most { get; private set; }

        public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
        {
            // The last read is the one that finds no more.
            Most = Math.Max(Most, eventData.ReadCount - 1);
            return result;
        }
    }
}
