using System.Security.Cryptography;
using System.Text;

namespace Framelane.Domain.ApiKeys;

/// <summary>An API key as its owner holds it: <c>fl_live_</c> and at least 32 more characters. Prints as <c>***</c>.</summary>
/// <remarks>256 random bits need no slow hash: at rest there is a SHA-256, and a short prefix by which it is looked up and shown.</remarks>
public sealed class ApiKeySecret
{
    public const string Prefix = "fl_live_";

    /// <summary>Characters after the prefix, at least (a generated key has 52).</summary>
    public const int MinTailLength = 32;

    public const int MaxLength = 200;

    /// <summary>Characters of the key that are stored in the clear and shown in lists.</summary>
    public const int ShownLength = 16;

    const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    readonly string text;

    ApiKeySecret(string text) => this.text = text;

    /// <summary>What lists show of the key; also what it is looked up by.</summary>
    public string Shown => text[..ShownLength];

    public static ApiKeySecret Generate() => new(Prefix + RandomNumberGenerator.GetString(Alphabet, 52));

    /// <summary>The key, or null where the text cannot be one.</summary>
    public static ApiKeySecret? TryParse(string? text) =>
        text is not null
        && text.Length >= Prefix.Length + MinTailLength
        && text.Length <= MaxLength
        && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? new(text)
            : null;

    public byte[] Hash() => SHA256.HashData(Encoding.ASCII.GetBytes(text));

    /// <summary>The whole text. Callers hand it to the one client that asked for it, and to nobody else.</summary>
    public string Reveal() => text;

    public override string ToString() => "***";
}
