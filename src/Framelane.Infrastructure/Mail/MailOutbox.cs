using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Records;

namespace Framelane.Infrastructure.Mail;

sealed class MailOutbox(FramelaneDbContext db, TimeProvider time) : IMailOutbox
{
    public void Add(Application.Abstractions.Mail mail)
    {
        var now = time.GetUtcNow();
        db.Mails.Add(new MailRecord
        {
            Id = Ulid.New("mail", now),
            Recipient = mail.To,
            Subject = mail.Subject,
            Body = mail.Body,
            CreatedAt = now,
            ClaimableAt = now,
        });
    }
}
