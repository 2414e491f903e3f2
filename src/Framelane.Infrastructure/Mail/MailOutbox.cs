using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Persistence;
using Framelane.Infrastructure.Persistence.Records;
using Microsoft.AspNetCore.DataProtection;

namespace Framelane.Infrastructure.Mail;

sealed class MailOutbox(FramelaneDbContext db, IDataProtectionProvider protection, TimeProvider time) : IMailOutbox
{
    public void Add(Application.Abstractions.Mail mail)
    {
        var now = time.GetUtcNow();
        var id = Ulid.New("mail", now);
        db.Mails.Add(new MailRecord
        {
            Id = id,
            Recipient = mail.To,
            Subject = mail.Subject,
            Body = protection.ForMail(id).Protect(mail.Body),
            CreatedAt = now,
            ClaimableAt = now,
        });
    }
}
