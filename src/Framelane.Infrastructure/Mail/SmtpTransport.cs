using Framelane.Infrastructure.Configuration;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Framelane.Infrastructure.Mail;

sealed class SmtpTransport(IOptions<SmtpOptions> options) : IMailTransport
{
    const int ImplicitTlsPort = 465;

    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    public async Task SendAsync(string id, MimeMessage message, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds };
        await client.ConnectAsync(settings.Host!, settings.Port, Security(settings), cancellationToken);
        if (settings.User is not null)
            await client.AuthenticateAsync(settings.User, settings.Password!, cancellationToken);
        try
        {
            await client.SendAsync(message, cancellationToken);
        }
        catch (SmtpCommandException refusal)
        {
            throw new MailRefusedException(IsForGood(refusal), refusal);
        }

        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    /// <summary>5xx is for good (RFC 5321, 4.2.1). Of the recipient alone: a refused sender or text is for the operator to mend.</summary>
    static bool IsForGood(SmtpCommandException refusal) =>
        refusal is { ErrorCode: SmtpErrorCode.RecipientNotAccepted, StatusCode: >= SmtpStatusCode.SyntaxError };

    static SecureSocketOptions Security(SmtpOptions settings) => settings switch
    {
        { UseTls: false } => SecureSocketOptions.None,
        { Port: ImplicitTlsPort } => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };
}
