using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Tests.Persistence;
using Microsoft.EntityFrameworkCore;

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

    async Task<string> OpenAsync(TestHost host)
    {
        var workspace = await host.ReadAsync(db => db.Workspaces.SingleAsync(each => each.Id == WorkspaceId));
        return host.Get<ISecretProtector>().Open(workspace.Id, workspace.CurrentSecret).Reveal();
    }

    Task<byte[]> SealedAsync() => Host.ReadAsync(async db => (await db.Workspaces.SingleAsync(each => each.Id == WorkspaceId)).CurrentSecret.Ciphertext.ToArray());

    Task<List<string>> RingAsync() => Host.ReadAsync(db => db.DataProtectionKeys.Select(key => key.Id).ToListAsync());
}
