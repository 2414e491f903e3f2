using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Mail;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Idempotency;
using Framelane.Infrastructure.Persistence.Maintenance;
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

    /// <summary>Rows.</summary>
    internal const int PageSize = 500;

    public async Task<Result<Reencrypted>> RunAsync(string? newMasterKeyFile, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Under it no process starts.
        await using var setup = await provider.LockForSetupAsync(db, cancellationToken);
        if (await AnyRunsAsync(cancellationToken))
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
            // What is too old to be given again need not be: a transaction of its own, which a failure of the next one may leave behind.
            var old = time.GetUtcNow() - IdempotencyStore.Retention;
            await RememberedAnswers.DrainAsync(
                writer, db, db.IdempotencyKeys.Where(record => record.CreatedAt <= old), over => over.OrderBy(record => record.CreatedAt), time, cancellationToken);
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

    /// <remarks>After the database's clock has stepped forward all heartbeats are old. Whoever runs is seen by the next one.</remarks>
    async Task<bool> AnyRunsAsync(CancellationToken cancellationToken)
    {
        if (await nodes.AnyOtherAsync(Nobody, NodeRegistry.LatelyAlive, cancellationToken))
            return true;
        await Task.Delay(2 * NodeRegistry.Interval, time, cancellationToken);
        return await nodes.AnyOtherAsync(Nobody, NodeRegistry.LatelyAlive, cancellationToken);
    }

    Task<int> WorkspacesAsync(FramelaneDbContext db, NewKeyRing ring, CancellationToken cancellationToken)
    {
        var (old, renewed, last) = (new SecretProtector(protection), new SecretProtector(ring.Protection), WorkspaceId.FromStored(""));
        return ChangeAsync(
            db,
            async token =>
            {
                var page = await db.Workspaces.Where(workspace => workspace.Id > last).OrderBy(workspace => workspace.Id).Take(PageSize).ToListAsync(token);
                last = page is [.., var end] ? end.Id : last;
                return page;
            },
            workspace => workspace.Reseal(secret => renewed.Seal(workspace.Id, secret.Epoch, old.Open(workspace.Id, secret))),
            cancellationToken);
    }

    Task<int> AnswersAsync(FramelaneDbContext db, NewKeyRing ring, CancellationToken cancellationToken)
    {
        var (scope, key) = ("", "");
        return ChangeAsync(
            db,
            async token =>
            {
                // In two questions, each of which begins in the primary key where the page before ended: asked in one, that would be walked through from its start.
                var answers = db.IdempotencyKeys.Where(record => record.Answer != null);
                var page = await answers
                    .Where(record => record.Scope == scope && string.Compare(record.Key, key) > 0).OrderBy(record => record.Key).Take(PageSize).ToListAsync(token);
                if (page.Count < PageSize)
                {
                    page.AddRange(await answers
                        .Where(record => string.Compare(record.Scope, scope) > 0).OrderBy(record => record.Scope).ThenBy(record => record.Key)
                        .Take(PageSize - page.Count).ToListAsync(token));
                }

                (scope, key) = page is [.., var end] ? (end.Scope, end.Key) : (scope, key);
                return page;
            },
            record =>
            {
                var answer = protection.ForAnswer(record.Scope, record.Key).Unprotect(record.Answer!);
                record.Answer = ring.Protection.ForAnswer(record.Scope, record.Key).Protect(answer);
            },
            cancellationToken);
    }

    Task<int> MailsAsync(FramelaneDbContext db, NewKeyRing ring, CancellationToken cancellationToken)
    {
        var last = "";
        return ChangeAsync(
            db,
            async token =>
            {
                var page = await db.Mails.Where(mail => string.Compare(mail.Id, last) > 0).OrderBy(mail => mail.Id).Take(PageSize).ToListAsync(token);
                last = page is [.., var end] ? end.Id : last;
                return page;
            },
            mail => mail.Body = ring.Protection.ForMail(mail.Id).Protect(protection.ForMail(mail.Id).Unprotect(mail.Body)),
            cancellationToken);
    }

    /// <summary>Page by page, each of them saved: no more is held in memory, and the transaction is never idle for long.</summary>
    /// <param name="next">The next page; the last one is not full.</param>
    static async Task<int> ChangeAsync<T>(FramelaneDbContext db, Func<CancellationToken, Task<List<T>>> next, Action<T> change, CancellationToken cancellationToken)
    {
        for (var count = 0; ;)
        {
            var page = await next(cancellationToken);
            page.ForEach(change);
            await db.SaveChangesAsync(cancellationToken);
            db.ChangeTracker.Clear();
            count += page.Count;
            if (page.Count < PageSize)
                return count;
        }
    }
}
