using System.Buffers.Text;
using System.Net.Mail;
using System.Text;
using System.Text.Json;
using Framelane.Domain.Identities;

namespace Framelane.Infrastructure.Sessions;

/// <summary>What a token says of itself, which is nothing yet: whoever made it up wrote the same.</summary>
/// <param name="Expires">Seconds since 1970, as <paramref name="NotBefore"/> is.</param>
/// <param name="Email">Only where the token says that it is verified.</param>
sealed record TokenClaims(
    string Algorithm,
    string KeyId,
    string? Subject,
    string? AuthorizedParty,
    double Expires,
    double? NotBefore,
    string? Email)
{
    /// <summary>Characters (RFC 5321, 4.5.3.1.3).</summary>
    const int MaxEmailLength = 254;

    /// <summary>A name that is there twice is read by some as its first value and by others as its last.</summary>
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <summary>The claims; null where the token is not written as this takes tokens.</summary>
    public static TokenClaims? TryRead(SessionToken token)
    {
        try
        {
            var parts = token.Reveal().Split('.');
            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]), Strict);
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]), Strict);
            return Read(header.RootElement, payload.RootElement);
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidOperationException)
        {
            // The last is text that is no Unicode, and JSON that is no object.
            return null;
        }
    }

    static TokenClaims? Read(JsonElement header, JsonElement payload)
    {
        // Whatever is critical (RFC 7515, 4.1.11) is not known here. Types tell session tokens from other tokens of the same provider.
        if (header.TryGetProperty("crit", out _) || (header.TryGetProperty("typ", out var type) && !IsJwt(type)))
            return null;
        if (Text(header, "alg") is not { } algorithm || Text(header, "kid") is not { Length: > 0 } keyId)
            return null;
        if (!TryNumber(payload, "exp", out var expires) || expires is null || !TryNumber(payload, "nbf", out var notBefore))
            return null;
        return new(algorithm, keyId, Text(payload, "sub"), Text(payload, "azp"), expires.Value, notBefore, VerifiedEmail(payload));
    }

    static bool IsJwt(JsonElement type) => type.ValueKind == JsonValueKind.String && "JWT".Equals(type.GetString(), StringComparison.OrdinalIgnoreCase);

    static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <returns>False where it is there and no number.</returns>
    static bool TryNumber(JsonElement from, string name, out double? number)
    {
        number = null;
        if (!from.TryGetProperty(name, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var given) || !double.IsFinite(given))
            return false;
        number = given;
        return true;
    }

    static string? VerifiedEmail(JsonElement payload) =>
        payload.TryGetProperty("email_verified", out var verified) && verified.ValueKind == JsonValueKind.True
        && Text(payload, "email") is { Length: <= MaxEmailLength } email
        && Ascii.IsValid(email)
        && MailAddress.TryCreate(email, out var address) && address.Address == email
            ? email
            : null;
}
