using System.Buffers.Text;

namespace Framelane.Client;

/// <summary>
/// The same judgement by the headers of the Standard Webhooks specification (standardwebhooks.com), for receivers that have settled on those:
/// <c>webhook-id</c>, <c>webhook-timestamp</c> and <c>webhook-signature: v1,…[ v1,…]</c>.
/// </summary>
/// <remarks>
/// Each signature is the base64 of HMAC-SHA256, whose key is the bytes that the base64 part of the secret stands for, over the id, a full
/// stop, the timestamp, a full stop and the body's bytes.
/// </remarks>
public static class StandardWebhookSignature
{
    public const string IdHeaderName = "webhook-id";

    public const string TimestampHeaderName = "webhook-timestamp";

    public const string SignatureHeaderName = "webhook-signature";

    const string VersionPrefix = "v1,";

    /// <summary>Accepts the delivery or throws.</summary>
    /// <param name="body">The request's body, byte for byte.</param>
    /// <param name="id">The value of <c>webhook-id</c>: the event's id, the same in every attempt at it.</param>
    /// <param name="timestamp">The value of <c>webhook-timestamp</c>, in Unix seconds.</param>
    /// <param name="signature">The value of <c>webhook-signature</c>; signatures are separated by spaces.</param>
    /// <param name="secret">The signing secret, with <c>whsec_</c> or without it; space around it does not count.</param>
    /// <param name="tolerance">How far the signed time may lie from the clock, inclusive; 300 seconds where it is left out.</param>
    /// <param name="clock">The receiver's clock; the system's where it is left out.</param>
    /// <exception cref="WebhookSignatureException">The delivery must not be trusted; <see cref="WebhookSignatureException.Failure"/> says why.</exception>
    /// <exception cref="ArgumentException">The secret is empty but for its prefix and white space, or the tolerance negative.</exception>
    /// <exception cref="FormatException">The secret is not base64.</exception>
    public static void Verify(
        ReadOnlySpan<byte> body,
        string? id,
        string? timestamp,
        string? signature,
        string secret,
        TimeSpan? tolerance = null,
        TimeProvider? clock = null)
    {
        if (!TryVerify(body, id, timestamp, signature, secret, out var failure, tolerance, clock))
            throw new WebhookSignatureException(failure);
    }

    /// <summary>Tells whether the delivery is to be accepted, and if not, why.</summary>
    /// <inheritdoc cref="Verify"/>
    public static bool TryVerify(
        ReadOnlySpan<byte> body,
        string? id,
        string? timestamp,
        string? signature,
        string secret,
        out WebhookSignatureFailure failure,
        TimeSpan? tolerance = null,
        TimeProvider? clock = null)
    {
        var bare = SigningSecret.Bare(secret);
        var window = new SignatureWindow(tolerance ?? WebhookSignature.DefaultTolerance, clock ?? TimeProvider.System);
        failure = Judge(body, id, timestamp, signature, bare, window);
        return failure == WebhookSignatureFailure.None;
    }

    static WebhookSignatureFailure Judge(
        ReadOnlySpan<byte> body,
        string? id,
        string? timestamp,
        string? signature,
        string bareSecret,
        SignatureWindow window)
    {
        if (string.IsNullOrWhiteSpace(id) || string.IsNullOrWhiteSpace(timestamp) || string.IsNullOrWhiteSpace(signature))
            return WebhookSignatureFailure.MissingHeader;
        if (!SignatureWindow.IsTime(timestamp))
            return WebhookSignatureFailure.MalformedHeader;

        var signatures = signature
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(element => element.StartsWith(VersionPrefix, StringComparison.Ordinal))
            .Select(element => FromBase64(element[VersionPrefix.Length..]))
            .ToList();
        if (signatures.Count == 0)
            return WebhookSignatureFailure.NoSupportedSignature;

        var expected = Hmac.Of(Convert.FromBase64String(bareSecret), $"{id}.{timestamp}.", body);
        return Hmac.IsAmong(expected, signatures) ? window.Judge(timestamp) : WebhookSignatureFailure.SignatureMismatch;
    }

    static byte[] FromBase64(string text) => Base64.IsValid(text) ? Convert.FromBase64String(text) : [];
}
