using Framelane.Application.Abstractions;
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
    IOutages outages,
    IMailTransport transport,
    IDataProtectionProvider protection,
    IOptions<SmtpOptions> options,
    TimeProvider time,
    ILogger<MailSender> logger)
{
    /// <summary>Few, for whoever is killed keeps all of them from being sent for a lease.</summary>
    public const int BatchSize = 5;

    /// <summary>What a server may take for one mail, from the connection to its word that it has it.</summary>
    static readonly TimeSpan SendLimit = TimeSpan.FromMinutes(1);

    /// <summary>
    /// As long as a batch's mails can take at most, and a little for the database. Where it takes longer, as in an outage that a deletion outlasts, those
    /// behind may be claimed elsewhere, and are sent twice.
    /// </summary>
    static readonly TimeSpan Lease = (BatchSize * SendLimit) + TimeSpan.FromSeconds(30);

    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>A mail that no server took for so long is given up.</summary>
    static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    /// <summary>Goes on as long as there is an answer: those that go to nobody or are refused, and whoever has many written, hold up no others.</summary>
    public async Task SendAllDueAsync(CancellationToken cancellationToken)
    {
        while (await SendDueAsync(cancellationToken) is { Done: > 0 } or { Refused: > 0 })
        {
        }
    }

    public async Task<MailBatch> SendDueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (done, refused) = (0, 0);
        var claimed = new Queue<MailRecord>(await ClaimAsync(db, cancellationToken));
        try
        {
            for (; claimed.TryPeek(out var mail); claimed.Dequeue())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var fate = await FateAsync(mail, cancellationToken);
                await EndAsync(db, mail, fate);
                done += fate == Fate.Done ? 1 : 0;
                refused += fate is Fate.Refused or Fate.RefusedForGood ? 1 : 0;
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The one that was being sent too: whether its server has it nobody knows.
            await HandBackAsync(db, claimed);
            throw;
        }

        return new(done, refused);
    }

    /// <remarks>What has become of a mail is written though the process stops: one that was handed on would be sent again.</remarks>
    async Task EndAsync(FramelaneDbContext db, MailRecord mail, Fate fate)
    {
        if (fate is Fate.Refused or Fate.Unanswered && time.GetUtcNow() - mail.CreatedAt < GiveUpAfter)
        {
            await PutOffAsync(db, mail);
            return;
        }

        if (fate == Fate.RefusedForGood)
            logger.LogWarning("The mail {Mail} is given up: the server refused its recipient for good.", mail.Id);
        else if (fate != Fate.Done)
            logger.LogError("The mail {Mail} is given up.", mail.Id);
        await DeleteAsync(db, mail);
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

    async Task<Fate> FateAsync(MailRecord mail, CancellationToken cancellationToken)
    {
        if (mail.Recipient == Application.Abstractions.Mail.Nobody)
            return Fate.Done;
        using var limit = new CancellationTokenSource(SendLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await transport.SendAsync(mail.Id, Message(mail), either.Token);
            return Fate.Done;
        }
        catch (MailRefusedException refusal) when (refusal.IsForGood)
        {
            return Fate.RefusedForGood;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(failure, "The mail {Mail} could not be sent (try {Tries}).", mail.Id, mail.Tries);
            return failure is MailRefusedException ? Fate.Refused : Fate.Unanswered;
        }
    }

    /// <remarks>Its server has it: what keeps its row from going has it sent again.</remarks>
    Task<int> DeleteAsync(FramelaneDbContext db, MailRecord mail) => outages.OutlastAsync(
        () => writer.ExecuteAsync(token => Claimed(db, mail).ExecuteDeleteAsync(token), CancellationToken.None), SendLimit, time, CancellationToken.None);

    /// <summary>As if they had not been claimed.</summary>
    async Task HandBackAsync(FramelaneDbContext db, IEnumerable<MailRecord> mails)
    {
        var now = time.GetUtcNow();
        try
        {
            foreach (var mail in mails)
            {
                await writer.ExecuteAsync(
                    token => Claimed(db, mail).ExecuteUpdateAsync(
                        row => row.SetProperty(record => record.ClaimableAt, now).SetProperty(record => record.Tries, record => record.Tries - 1), token),
                    CancellationToken.None);
            }
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "Mails could not be handed back; they are sent after {Lease}.", Lease);
        }
    }

    Task<int> PutOffAsync(FramelaneDbContext db, MailRecord mail)
    {
        var next = time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, 10 * Math.Pow(2, mail.Tries)));
        return writer.ExecuteAsync(
            token => Claimed(db, mail).ExecuteUpdateAsync(row => row.SetProperty(record => record.ClaimableAt, next), token),
            CancellationToken.None);
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

    enum Fate
    {
        /// <summary>Handed on, or for nobody.</summary>
        Done,

        Refused,

        RefusedForGood,

        /// <summary>The server could not be reached, or failed: others fare no better.</summary>
        Unanswered,
    }
}

/// <param name="Done">Handed on, or dropped because they go to nobody.</param>
/// <param name="Refused">Not taken by a server that answers: dropped where it said that it never will, else put off.</param>
readonly record struct MailBatch(int Done, int Refused);
