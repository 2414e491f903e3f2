using Framelane.Infrastructure.Configuration;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Framelane.Infrastructure.Mail;

/// <summary>Sends what the outbox holds, at least once each: claimed by a lease, deleted once it was handed on.</summary>
sealed class MailSender(
    IDbContextFactory<FramelaneDbContext> contexts,
    IDatabaseProvider provider,
    DatabaseWriter writer,
    IMailTransport transport,
    IDataProtectionProvider protection,
    IOptions<SmtpOptions> options,
    TimeProvider time,
    ILogger<MailSender> logger)
{
    /// <summary>Few, so that all are sent well within the lease even when the server is slow.</summary>
    const int BatchSize = 10;

    static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>A mail that no server took for so long is given up.</summary>
    static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <summary>Goes on as long as some are done with: those that go to nobody, and whoever has many written, hold up no others.</summary>
    public async Task SendAllDueAsync(CancellationToken cancellationToken)
    {
        while (await SendDueAsync(cancellationToken) > 0)
        {
        }
    }

    /// <returns>How many are done with: handed on, or dropped because they go to nobody.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var done = 0;
        foreach (var mail in await ClaimAsync(db, cancellationToken))
        {
            if (mail.Recipient == Application.Abstractions.Mail.Nobody)
            {
                await DeleteAsync(db, mail, cancellationToken);
                done++;
            }
            else if (await TrySendAsync(mail, cancellationToken))
            {
                await DeleteAsync(db, mail, cancellationToken);
                done++;
            }
            else if (time.GetUtcNow() - mail.CreatedAt < GiveUpAfter)
            {
                await PutOffAsync(db, mail, cancellationToken);
            }
            else
            {
                logger.LogError("The mail {Mail} is given up.", mail.Id);
                await DeleteAsync(db, mail, cancellationToken);
            }
        }

        return done;
    }

    static IQueryable<MailRecord> Claimed(FramelaneDbContext db, MailRecord mail) => db.Mails.Where(row => row.Id == mail.Id && row.Fence == mail.Fence);

    async Task<List<MailRecord>> ClaimAsync(FramelaneDbContext db, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!await db.Mails.AnyAsync(mail => mail.ClaimableAt <= now, cancellationToken))
            return [];
        return await writer.ExecuteAsync(
            db,
            async token =>
            {
                var due = await provider.LockDueMailsAsync(db, now, BatchSize, token);
                foreach (var mail in due)
                {
                    mail.ClaimableAt = now + Lease;
                    mail.Fence++;
                    mail.Tries++;
                }

                return (due, true);
            },
            cancellationToken);
    }

    async Task<bool> TrySendAsync(MailRecord mail, CancellationToken cancellationToken)
    {
        try
        {
            await transport.SendAsync(mail.Id, Message(mail), cancellationToken);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(failure, "The mail {Mail} could not be sent (try {Tries}).", mail.Id, mail.Tries);
            return false;
        }
    }

    Task<int> DeleteAsync(FramelaneDbContext db, MailRecord mail, CancellationToken cancellationToken) =>
        writer.ExecuteAsync(token => Claimed(db, mail).ExecuteDeleteAsync(token), cancellationToken);

    Task<int> PutOffAsync(FramelaneDbContext db, MailRecord mail, CancellationToken cancellationToken)
    {
        var next = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, 10 * Math.Pow(2, mail.Tries)));
        return writer.ExecuteAsync(
            token => Claimed(db, mail).ExecuteUpdateAsync(row => row.SetProperty(record => record.ClaimableAt, next), token),
            cancellationToken);
    }

    MimeMessage Message(MailRecord mail) => new(
        [MailboxAddress.Parse(options.Value.From)],
        [MailboxAddress.Parse(mail.Recipient)],
        mail.Subject,
        new TextPart("plain") { Text = protection.ForMail(mail.Id).Unprotect(mail.Body) })
    {
        Date = mail.CreatedAt,
        MessageId = $"{mail.Id}@framelane",
    };
}
