using MimeKit;

namespace Framelane.Infrastructure.Mail;

interface IMailTransport
{
    /// <summary>Hands the mail on. May be asked again for one that it has handed on before: the id, also its message id, tells.</summary>
    /// <exception cref="MailRefusedException">The server answers, and does not take this one.</exception>
    Task SendAsync(string id, MimeMessage message, CancellationToken cancellationToken);
}

/// <param name="isForGood">The recipient is not known there, and will not be: no repeat helps.</param>
sealed class MailRefusedException(bool isForGood, Exception inner) : Exception("The mail server does not take the mail.", inner)
{
    public bool IsForGood => isForGood;
}
