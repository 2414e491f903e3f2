using MimeKit;

namespace Framelane.Infrastructure.Mail;

interface IMailTransport
{
    /// <summary>Hands the mail on. May be asked again for one that it has handed on before: the id, also its message id, tells.</summary>
    Task SendAsync(string id, MimeMessage message, CancellationToken cancellationToken);
}
