using Microsoft.Extensions.Options;
using MimeKit;

namespace Framelane.Infrastructure.Configuration;

/// <summary>Section <c>Framelane:Smtp</c>. Without a host, mails become files in <c>{DataPath}/outbox</c>.</summary>
public sealed class SmtpOptions
{
    public const string Section = "Framelane:Smtp";

    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Left out, nobody logs in.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    public string From { get; set; } = "Framelane <framelane@localhost>";

    /// <summary>Refuse to send in the clear: TLS from the first byte on port 465, STARTTLS elsewhere.</summary>
    public bool UseTls { get; set; } = true;

    public override string ToString() => $"{Host}:{Port}";
}

sealed class SmtpOptionsValidator : IValidateOptions<SmtpOptions>
{
    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        if (!MailboxAddress.TryParse(options.From, out _))
            return Fail(nameof(options.From), "is a mail address");
        if (options.Host is null)
            return ValidateOptionsResult.Success;
        if (string.IsNullOrWhiteSpace(options.Host))
            return Fail(nameof(options.Host), "is the name of a mail server, or left out");
        if (options.Port is < 1 or > 65535)
            return Fail(nameof(options.Port), "is 1 to 65535");
        return options.User is null != options.Password is null
            ? Fail(nameof(options.Password), $"and {SmtpOptions.Section}:{nameof(options.User)} are given together")
            : ValidateOptionsResult.Success;
    }

    static ValidateOptionsResult Fail(string key, string rule) => ValidateOptionsResult.Fail($"{SmtpOptions.Section}:{key} {rule}.");
}
