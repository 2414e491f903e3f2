using System.Buffers;
using System.Globalization;
using System.Text;

namespace Framelane.Client;

/// <summary>Tells whether a delivery comes from Framelane, by its header <c>Framelane-Signature: t=…,v1=…[,v1=…]</c>.</summary>
/// <remarks>
/// <para>
/// <c>t</c> is the moment of the attempt in Unix seconds. Each <c>v1</c> is the lower-case hex of HMAC-SHA256, whose key is the UTF-8 text of
/// a whole secret, <c>whsec_</c> included, over <c>t</c>, a full stop and the body's bytes. While a replaced secret has a period of grace,
/// there are two: the delivery is accepted where any of them fits. The rule is that of Framelane's API, "Webhooks: Signature".
/// </para>
/// <para>
/// Give it the bytes as they came from the network. A body that was parsed and written anew is another body.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// using var body = new MemoryStream();
/// await request.Body.CopyToAsync(body, cancellationToken);
/// WebhookSignature.Verify(body.ToArray(), request.Headers[WebhookSignature.HeaderName], secret);
/// </code>
/// </example>
public static class WebhookSignature
{
    /// <summary>The header that carries the signature.</summary>
    public const string HeaderName = "Framelane-Signature";

    /// <summary>How far <c>t</c> may lie from this clock, to either side, where the caller does not say: 300 seconds.</summary>
    public static TimeSpan DefaultTolerance { get; } = TimeSpan.FromSeconds(300);

    /// <summary>Accepts the delivery or throws.</summary>
    /// <param name="body">The request's body, byte for byte.</param>
    /// <param name="header">The header's value; several values joined by commas are one.</param>
    /// <param name="secret">The whole signing secret, from <c>whsec_</c> on; space around it does not count.</param>
    /// <param name="tolerance">How far the signed time may lie from the clock, inclusive; <see cref="DefaultTolerance"/> where it is left out.</param>
    /// <param name="clock">The receiver's clock; the system's where it is left out.</param>
    /// <exception cref="WebhookSignatureException">The delivery must not be trusted; <see cref="WebhookSignatureException.Failure"/> says why.</exception>
    /// <exception cref="ArgumentException">The secret is empty but for its prefix and white space, or the tolerance negative.</exception>
    public static void Verify(ReadOnlySpan<byte> body, string? header, string secret, TimeSpan? tolerance = null, TimeProvider? clock = null)
    {
        if (!TryVerify(body, header, secret, out var failure, tolerance, clock))
            throw new WebhookSignatureException(failure);
    }

    /// <summary>Tells whether the delivery is to be accepted, and if not, why.</summary>
    /// <inheritdoc cref="Verify"/>
    public static bool TryVerify(
        ReadOnlySpan<byte> body,
        string? header,
        string secret,
        out WebhookSignatureFailure failure,
        TimeSpan? tolerance = null,
        TimeProvider? clock = null)
    {
        var whole = SigningSecret.Whole(secret);
        var window = new SignatureWindow(tolerance ?? DefaultTolerance, clock ?? TimeProvider.System);
        failure = Judge(body, header, whole, window);
        return failure == WebhookSignatureFailure.None;
    }

    /// <summary>The header that Framelane would send: for testing a receiver.</summary>
    /// <param name="body">The body that is sent, byte for byte.</param>
    /// <param name="time">The moment of the attempt; whole seconds count.</param>
    /// <param name="secrets">The secrets that sign, the newest first.</param>
    /// <exception cref="ArgumentException">A secret is empty but for its prefix and white space.</exception>
    public static string Create(ReadOnlySpan<byte> body, DateTimeOffset time, params ReadOnlySpan<string> secrets)
    {
        var t = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var header = new StringBuilder("t=").Append(t);
        foreach (var secret in secrets)
            header.Append(",v1=").Append(Convert.ToHexStringLower(Hmac.Of(Encoding.UTF8.GetBytes(SigningSecret.Whole(secret)), $"{t}.", body)));
        return header.ToString();
    }

    static WebhookSignatureFailure Judge(ReadOnlySpan<byte> body, string? header, string wholeSecret, SignatureWindow window)
    {
        if (string.IsNullOrWhiteSpace(header))
            return WebhookSignatureFailure.MissingHeader;
        if (!TryRead(header, out var t, out var signatures))
            return WebhookSignatureFailure.MalformedHeader;
        if (signatures.Count == 0)
            return WebhookSignatureFailure.NoSupportedSignature;

        var expected = Hmac.Of(Encoding.UTF8.GetBytes(wholeSecret), $"{t}.", body);
        return Hmac.IsAmong(expected, signatures) ? window.Judge(t) : WebhookSignatureFailure.SignatureMismatch;
    }

    /// <remarks>Elements of other names are later versions of the scheme: not ours to judge. A v1 that is no hex fits nothing.</remarks>
    static bool TryRead(string header, out string t, out List<byte[]> signatures)
    {
        (t, signatures) = ("", []);
        foreach (var element in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (element.StartsWith("t=", StringComparison.Ordinal))
            {
                if (t.Length > 0 && t != element[2..])
                    return false;
                t = element[2..];
            }
            else if (element.StartsWith("v1=", StringComparison.Ordinal))
            {
                signatures.Add(FromHex(element[3..]));
            }
        }

        return SignatureWindow.IsTime(t);
    }

    static byte[] FromHex(string text)
    {
        var bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out _, out _) == OperationStatus.Done ? bytes : [];
    }
}
