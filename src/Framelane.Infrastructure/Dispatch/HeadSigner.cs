using System.Text;
using Framelane.Infrastructure.Rotation;
using Framelane.Infrastructure.Signing;

namespace Framelane.Infrastructure.Dispatch;

/// <summary>
/// Signs an attempt while its head is written, when the connection stands: a slow connect then costs no permit, and <c>t</c> is the time
/// of sending.
/// </summary>
/// <remarks>
/// A handler asks <see cref="SocketsHttpHandler.RequestHeaderEncodingSelector"/> for each header's encoding as it writes the head of a
/// request. The signature headers carry placeholders, and this encoding writes the signatures in their place. Without a permit that is
/// still good, what it writes is never sent: <see cref="SignedContent"/> checks once more behind it.
/// </remarks>
/// <param name="target">What the request's address was taken from: under a newer epoch it may no longer be the right one.</param>
sealed class HeadSigner(ClaimedDelivery delivery, WorkspaceSnapshot target, Permits.Hold permits, TimeProvider time) : Encoding
{
    public const string TimestampHeader = "webhook-timestamp";
    public const string FramelaneHeader = "Framelane-Signature";
    public const string StandardHeader = "webhook-signature";

    public static readonly HttpRequestOptionsKey<HeadSigner> Key = new("Framelane.HeadSigner");

    const string Timestamp = "t";
    const string Framelane = "f";
    const string Standard = "s";
    const int MaxHeaderLength = 256;

    SignatureHeaders? signed;

    /// <summary>What it signed by; null until the head was written, and where it could not be signed for this target.</summary>
    public Permit? Permit { get; private set; }

    public int Signatures { get; private set; }

    /// <summary>For <see cref="SocketsHttpHandler.RequestHeaderEncodingSelector"/>.</summary>
    public static Encoding? Select(string header, HttpRequestMessage request) =>
        header is FramelaneHeader or StandardHeader or TimestampHeader && request.Options.TryGetValue(Key, out var signer) ? signer : null;

    public void AddTo(HttpRequestMessage request)
    {
        request.Options.Set(Key, this);
        request.Headers.TryAddWithoutValidation(TimestampHeader, Timestamp);
        request.Headers.TryAddWithoutValidation(FramelaneHeader, Framelane);
        request.Headers.TryAddWithoutValidation(StandardHeader, Standard);
    }

    public override int GetMaxByteCount(int charCount) => MaxHeaderLength;

    public override int GetMaxCharCount(int byteCount) => byteCount;

    public override int GetByteCount(char[] chars, int index, int count) => Value(chars.AsSpan(index, count)).Length;

    public override int GetByteCount(ReadOnlySpan<char> chars) => Value(chars).Length;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        GetBytes(chars.AsSpan(charIndex, charCount), bytes.AsSpan(byteIndex));

    public override int GetBytes(ReadOnlySpan<char> chars, Span<byte> bytes) => ASCII.GetBytes(Value(chars), bytes);

    public override int GetCharCount(byte[] bytes, int index, int count) => throw new NotSupportedException("Requests are only written.");

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        throw new NotSupportedException("Requests are only written.");

    string Value(ReadOnlySpan<char> placeholder)
    {
        var headers = signed ??= Sign();
        return placeholder switch
        {
            Timestamp => headers.Timestamp,
            Framelane => headers.Framelane,
            Standard => headers.Standard,
            _ => throw new InvalidOperationException("Not a placeholder."),
        };
    }

    SignatureHeaders Sign()
    {
        if (permits.Latest is not { } permit || permit.Snapshot.Epoch != target.Epoch)
            return new(Timestamp, Framelane, Standard);
        var now = time.GetUtcNow();
        var signer = permit.Snapshot.SignerAt(now);
        (Permit, Signatures) = (permit, signer.Signatures);
        return signer.Sign(delivery.EventId, now.ToUnixTimeSeconds(), delivery.Body!);
    }
}
