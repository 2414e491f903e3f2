using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Domain.Signups;
using MimeKit;

namespace Framelane.Infrastructure.Mail;

/// <summary>Reads addresses as RFC 5322 has them, and takes of those what a mail server on the Internet can be asked to send to.</summary>
sealed class EmailAddresses : IEmailAddresses
{
    /// <summary>Octets (RFC 5321, 4.5.3.1.1).</summary>
    const int MaxLocalPart = 64;

    static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    public EmailAddress? TryParse(string? text)
    {
        if (text is not { Length: > 0 and <= EmailAddress.MaxLength } || text.LastIndexOf('@') is not (> 0 and <= MaxLocalPart and var at))
            return null;
        var (local, domain) = (text[..at], DomainOf(text[(at + 1)..]));

        // A local part beyond ASCII is for servers with SMTPUTF8 alone: a code would be given up on the way, and nobody told.
        if (domain is null || !local.All(c => c is > ' ' and < '\x7f'))
            return null;
        var ascii = $"{local}@{domain}";
        return ascii.Length <= EmailAddress.MaxLength
            && MailboxAddress.TryParse(Strict, ascii, out var mailbox)
            && string.IsNullOrEmpty(mailbox.Name)
            && mailbox.GetAddress(idnEncode: true) == ascii
            ? EmailAddress.FromChecked(ascii)
            : null;
    }

    /// <summary>In ASCII and lower case; null where it is none. A single label is no domain of the Internet (RFC 5321, 2.3.5), and a literal address is none at all.</summary>
    static string? DomainOf(string text)
    {
        try
        {
            var domain = Idn.GetAscii(text).ToLowerInvariant();
            return domain.Contains('.', StringComparison.Ordinal) && !domain.EndsWith('.') && !System.Net.IPAddress.TryParse(domain, out _) ? domain : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
