using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Framelane.Infrastructure.Configuration;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Framelane.Infrastructure.Mail;

sealed partial class SmtpTransport(IOptions<SmtpOptions> options) : IMailTransport
{
    const int ImplicitTlsPort = 465;

    /// <summary>The codes of a recipient that is wrong, whoever sends (RFC 3463, 3.2 and 3.3; RFC 7505 for a domain that takes no mail).</summary>
    static readonly FrozenSet<string> NoSuchMailbox = new[] { "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1" }.ToFrozenSet();

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

    /// <summary>
    /// Whether there is no such mailbox: by the enhanced code where the server gives one, else by the code (RFC 5321, 4.2.3). Servers also answer a
    /// recipient where they do not relay for us, want a log-in, or take no mail of our sender's (5.1.7, 5.1.8): that is for the operator to mend.
    /// </summary>
    internal static bool IsForGood(SmtpCommandException refusal) =>
        refusal.ErrorCode == SmtpErrorCode.RecipientNotAccepted
        && (Enhanced().Match(refusal.Message) is { Success: true } code
            ? NoSuchMailbox.Contains(code.Value)
            : refusal.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed);

    [GeneratedRegex(@"\A[245]\.[0-9]{1,3}\.[0-9]{1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Enhanced();

    static SecureSocketOptions Security(SmtpOptions settings) => settings switch
    {
        { UseTls: false } => SecureSocketOptions.None,
        { Port: ImplicitTlsPort } => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };
}
