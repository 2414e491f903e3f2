using System.Data.Common;
using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
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
        var done = await ReencryptAsync(Host);
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
        Assert.That(() => ReencryptAsync(Host), Throws.Exception);
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

        var done = await ReencryptAsync(watched);

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
        Assert.That((await ReencryptAsync(Host)).Error?.Code, Is.EqualTo("conflict"));
        Assert.That(await RingAsync(), Is.EqualTo(ringBefore));
        await other.Get<NodeRegistry>().StopAsync(CancellationToken.None);
        Assert.That((await ReencryptAsync(Host)).IsSuccess, Is.True);
    }

    [Test]
    public async Task A_process_whose_heartbeats_the_database_s_clock_has_left_behind_is_seen_by_its_next_one()
    {
        await using var other = NewHost();
        await other.RegisterAsync();
        await Host.WriteAsync(db => db.Nodes.ExecuteUpdateAsync(row => row.SetProperty(node => node.HeartbeatAt, Now.AddHours(-2))));
        var (ringBefore, old) = (await RingAsync(), Now.AddHours(-1));
        var running = Host.Get<ISecretReencryption>().RunAsync(null, CancellationToken.None);
        await Eventually.HoldsAsync(async () =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            return await Host.ReadAsync(db => db.Nodes.AnyAsync(node => node.HeartbeatAt > old));
        });
        Assert.That((await EndAsync(running)).Error?.Code, Is.EqualTo("conflict"));
        Assert.That(await RingAsync(), Is.EqualTo(ringBefore));
        await other.Get<NodeRegistry>().StopAsync(CancellationToken.None);
    }

    Task<Result<Reencrypted>> ReencryptAsync(TestHost host) => EndAsync(host.Get<ISecretReencryption>().RunAsync(null, CancellationToken.None));

    /// <summary>It waits for heartbeats.</summary>
    async Task<Result<Reencrypted>> EndAsync(Task<Result<Reencrypted>> running)
    {
        await Eventually.HoldsAsync(() =>
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            return running.IsCompleted;
        });
        return await running;
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
