using System.Security.Cryptography;

namespace Framelane.Domain.Signups;

/// <summary>A code that shows who reads a mailbox: six random digits. Prints as <c>***</c>.</summary>
public sealed class OtpCode
{
    public const int Length = 6;

    const string Digits = "0123456789";

    readonly string text;

    OtpCode(string text) => this.text = text;

    public static OtpCode Generate() => new(RandomNumberGenerator.GetString(Digits, Length));

    /// <summary>The code, or null where the text is not six digits.</summary>
    public static OtpCode? TryParse(string? text) => text is { Length: Length } && text.All(char.IsAsciiDigit) ? new(text) : null;

    /// <summary>The digits. For the mail that brings them, and for what they are kept as.</summary>
    public string Reveal() => text;

    public override string ToString() => "***";
}
