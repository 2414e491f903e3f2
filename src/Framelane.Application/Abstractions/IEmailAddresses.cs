using Framelane.Domain.Signups;

namespace Framelane.Application.Abstractions;

public interface IEmailAddresses
{
    /// <summary>The address, its domain in ASCII; null where the text is anything but one address that mails can be sent to.</summary>
    EmailAddress? TryParse(string? text);
}
