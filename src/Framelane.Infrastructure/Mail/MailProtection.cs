using Microsoft.AspNetCore.DataProtection;

namespace Framelane.Infrastructure.Mail;

/// <summary>The text of a mail waits encrypted, for it may hold a code; it opens for that mail alone.</summary>
static class MailProtection
{
    public static IDataProtector ForMail(this IDataProtectionProvider protection, string id) => protection.CreateProtector("Framelane.Mail", id);
}
