using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Mail;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Idempotency;
using Framelane.Infrastructure.Persistence.Records;
using Framelane.Infrastructure.Rotation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Secrets;

sealed class Reencryption(
    IDbContextFactory<FramelaneDbContext> contexts,
    IDatabaseProvider provider,
    DatabaseWriter writer,
    INodeTable nodes,
    IDataProtectionProvider protection,
    IOptions<DatabaseOptions> database,
    IOptions<SecretsOptions> secrets,
    DataFolder folder,
    ILogger<MasterKey> logger,
    TimeProvider time) : ISecretReencryption
{
    /// <summary>No process has it.</summary>
    const string Nobody = "";

    const int PageSize = 500;

    public async Task<Result<Reencrypted>> RunAsync(string? newMasterKeyFile, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Under it no process starts.
        await using var setup = await provider.LockForSetupAsync(db, cancellationToken);
        if (await nodes.AnyOtherAsync(Nobody, NodeRegistry.LatelyAlive, cancellationToken))
            return Error.Conflict("A process runs on this database, or did within the last minute. Stop all of them first.");

        var options = newMasterKeyFile is null ? secrets.Value : new SecretsOptions { MasterKeyFile = newMasterKeyFile };
        var master = new MasterKey(Options.Create(options), database, folder, logger);
        NewKeyRing ring;
        try
        {
            ring = new(master, time.GetUtcNow());
        }
        catch (MasterKeyException failure)
        {
            return Error.Conflict(failure.Message);
        }

        using (ring)
        {
            return await writer.ExecuteAsync(
                db,
                async token =>
                {
                    var done = new Reencrypted(
                        await WorkspacesAsync(db, ring, token), await AnswersAsync(db, ring, token), await MailsAsync(db, ring, token));
                    await db.DataProtectionKeys.ExecuteDeleteAsync(token);
                    db.DataProtectionKeys.AddRange(ring.Keys.Select(key => new DataProtectionKeyRecord { Id = key.Name, Xml = key.Xml, CreatedAt = time.GetUtcNow() }));
                    await db.SaveChangesAsync(token);
                    return (Result<Reencrypted>.FromT(done), true);
                },
                cancellationToken);
        }
    }

    async Task<int> WorkspacesAsync(FramelaneDbContext db, NewKeyRing ring, CancellationToken cancellationToken)
    {
        var (old, renewed, count) = (new SecretProtector(protection), new SecretProtector(ring.Protection), 0);
        foreach (var ids in (await db.Workspaces.Select(workspace => workspace.Id).ToListAsync(cancellationToken)).Chunk(PageSize))
        {
            foreach (var workspace in await db.Workspaces.Where(workspace => ids.Contains(workspace.Id)).ToListAsync(cancellationToken))
            {
                workspace.Reseal(secret => renewed.Seal(workspace.Id, secret.Epoch, old.Open(workspace.Id, secret)));
                count++;
            }

            await SaveAsync(db, cancellationToken);
        }

        return count;
    }

    async Task<int> AnswersAsync(FramelaneDbContext db, NewKeyRing ring, CancellationToken cancellationToken)
    {
        var records = await db.IdempotencyKeys.Where(record => record.Answer != null).ToListAsync(cancellationToken);
        foreach (var record in records)
        {
            var answer = protection.ForAnswer(record.Scope, record.Key).Unprotect(record.Answer!);
            record.Answer = ring.Protection.ForAnswer(record.Scope, record.Key).Protect(answer);
        }

        await SaveAsync(db, cancellationToken);
        return records.Count;
    }

    async Task<int> MailsAsync(FramelaneDbContext db, NewKeyRing ring, CancellationToken cancellationToken)
    {
        var mails = await db.Mails.ToListAsync(cancellationToken);
        foreach (var mail in mails)
            mail.Body = ring.Protection.ForMail(mail.Id).Protect(protection.ForMail(mail.Id).Unprotect(mail.Body));
        await SaveAsync(db, cancellationToken);
        return mails.Count;
    }

    static async Task SaveAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }
}
