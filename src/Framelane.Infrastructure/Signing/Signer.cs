using System.Globalization;

namespace Framelane.Infrastructure.Signing;

/// <summary>What signs a workspace's deliveries at one epoch: the current secret and, while a grace runs, the previous one. Immutable.</summary>
/// <param name="current">Signs always.</param>
/// <param name="previous">Signs beside it, if there is one.</param>
sealed class Signer(SigningKey current, SigningKey? previous)
{
    const int HexLength = 2 * HmacKey.MacLength;
    const int Base64Length = 44;

    /// <summary>How many secrets sign: 1 or 2.</summary>
    public int Signatures { get; } = previous is null ? 1 : 2;

    /// <param name="eventId">The id that Standard Webhooks signs along.</param>
    /// <param name="timestamp">Unix seconds.</param>
    public SignatureHeaders Sign(string eventId, long timestamp, ReadOnlySpan<byte> body)
    {
        var t = timestamp.ToString(CultureInfo.InvariantCulture);
        return new(t, Framelane(t, timestamp, body), Standard(eventId, timestamp, body));
    }

    string Framelane(string t, long timestamp, ReadOnlySpan<byte> body)
    {
        Span<char> text = stackalloc char[2 + 20 + (2 * (4 + HexLength))];
        "t=".CopyTo(text);
        t.CopyTo(text[2..]);
        var length = 2 + t.Length;
        Add(current, text, body);
        if (previous is not null)
            Add(previous, text, body);
        return new(text[..length]);

        void Add(SigningKey key, Span<char> line, ReadOnlySpan<byte> signed)
        {
            ",v1=".CopyTo(line[length..]);
            key.SignFramelane(timestamp, signed, line[(length + 4)..]);
            length += 4 + HexLength;
        }
    }

    string Standard(string eventId, long timestamp, ReadOnlySpan<byte> body)
    {
        Span<char> text = stackalloc char[2 * (4 + Base64Length)];
        "v1,".CopyTo(text);
        current.SignStandard(eventId, timestamp, body, text[3..]);
        var length = 3 + Base64Length;
        if (previous is not null)
        {
            " v1,".CopyTo(text[length..]);
            previous.SignStandard(eventId, timestamp, body, text[(length + 4)..]);
            length += 4 + Base64Length;
        }

        return new(text[..length]);
    }
}

/// <param name="Timestamp"><c>webhook-timestamp</c>: Unix seconds.</param>
/// <param name="Framelane"><c>Framelane-Signature</c>.</param>
/// <param name="Standard"><c>webhook-signature</c>.</param>
readonly record struct SignatureHeaders(string Timestamp, string Framelane, string Standard);
