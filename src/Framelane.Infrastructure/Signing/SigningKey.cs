using System.Buffers.Text;
using System.Text;
using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Signing;

/// <summary>One secret, set up to sign by both schemes of contract/webhooks.md, "Signature". Immutable.</summary>
sealed class SigningKey(SigningSecret secret)
{
    readonly HmacKey framelane = HmacKey.Create(secret.TextKey());
    readonly HmacKey standard = HmacKey.Create(secret.RawKey());

    /// <summary>Writes the lower-case hex of the MAC over <c>"{t}." + body</c>.</summary>
    /// <param name="into">64 characters.</param>
    public void SignFramelane(long timestamp, ReadOnlySpan<byte> body, Span<char> into)
    {
        Span<byte> head = stackalloc byte[24];
        Utf8Formatter.TryFormat(timestamp, head, out var length);
        head[length++] = (byte)'.';
        Span<byte> mac = stackalloc byte[HmacKey.MacLength];
        framelane.Compute(head[..length], body, mac);
        Convert.TryToHexStringLower(mac, into, out _);
    }

    /// <summary>Writes the base64 of the MAC over <c>"{id}.{t}." + body</c> (Standard Webhooks).</summary>
    /// <param name="into">44 characters.</param>
    public void SignStandard(string id, long timestamp, ReadOnlySpan<byte> body, Span<char> into)
    {
        Span<byte> head = stackalloc byte[id.Length + 26];
        var length = Encoding.ASCII.GetBytes(id, head);
        head[length++] = (byte)'.';
        Utf8Formatter.TryFormat(timestamp, head[length..], out var digits);
        length += digits;
        head[length++] = (byte)'.';
        Span<byte> mac = stackalloc byte[HmacKey.MacLength];
        standard.Compute(head[..length], body, mac);
        Convert.TryToBase64Chars(mac, into, out _);
    }
}
