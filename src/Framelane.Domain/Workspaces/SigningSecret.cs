using System.Security.Cryptography;
using System.Text;

namespace Framelane.Domain.Workspaces;

/// <summary>The secret that signs a workspace's deliveries: <c>whsec_</c> and the standard base64 of 32 random bytes.</summary>
/// <remarks>Prints as <c>***</c>, so that no log, exception or debugger shows it by accident. Form: contract/webhooks.md.</remarks>
public sealed class SigningSecret
{
    public const string Prefix = "whsec_";

    /// <summary>Random bytes in a secret.</summary>
    public const int KeyLength = 32;

    readonly string text;

    SigningSecret(string text) => this.text = text;

    public static SigningSecret Generate() => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)));

    /// <summary>The secret of a text that was revealed before.</summary>
    /// <exception cref="FormatException">The text is not <c>whsec_</c> and the base64 of 32 bytes. Its message holds nothing of the text.</exception>
    public static SigningSecret FromRevealed(string text)
    {
        // The text itself is a key, so only the one canonical text of the 32 bytes is taken: Convert overlooks white space and stray bits.
        Span<byte> key = stackalloc byte[KeyLength + 3];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal)
            || !Convert.TryFromBase64String(text[Prefix.Length..], key, out var written)
            || written != KeyLength
            || text != Prefix + Convert.ToBase64String(key[..KeyLength]))
            throw new FormatException("Not a signing secret.");
        return new(text);
    }

    /// <summary>The whole text. Callers hand it to the one client that asked for it, and to nobody else.</summary>
    public string Reveal() => text;

    /// <summary>The key of <c>Framelane-Signature</c>: the UTF-8 bytes of the whole text, prefix included.</summary>
    public byte[] TextKey() => Encoding.UTF8.GetBytes(text);

    /// <summary>The key of <c>webhook-signature</c> (Standard Webhooks): the bytes that the base64 part stands for.</summary>
    public byte[] RawKey() => Convert.FromBase64String(text[Prefix.Length..]);

    public override string ToString() => "***";
}
