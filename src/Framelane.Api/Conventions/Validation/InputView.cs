using System.Text.Json;
using Framelane.Api.Conventions.Bodies;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Validation;

/// <summary>How much of what was sent an answer repeats: short values as they are, long ones cut, possible secrets not at all.</summary>
static class InputView
{
    /// <summary>Characters.</summary>
    public const int MaxLength = 256;

    static readonly string[] PrivateFields = ["otp_code", "clerk_token", "email"];

    static readonly string[] SecretMarks = ["whsec_", "fl_live_"];

    public static object? Of(IReadOnlyList<object> loc, object? input)
    {
        if (input is null or double.NaN or double.PositiveInfinity or double.NegativeInfinity || loc.OfType<string>().Any(PrivateFields.Contains))
            return null;
        var json = input is JsonElement given ? given : JsonSerializer.SerializeToElement(input, WireJson.Options);
        if (MayHoldSecret(json))
            return null;
        return json.ValueKind switch
        {
            JsonValueKind.String => Cut(json.GetString()!),
            JsonValueKind.Null => null,
            _ => json.GetRawText() is { Length: > MaxLength } long_ ? Cut(long_) : json,
        };
    }

    static bool MayHoldSecret(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => !json.TryGetText(out var text) || IsPrivate(text),
        JsonValueKind.Array => json.EnumerateArray().Any(MayHoldSecret),
        JsonValueKind.Object => json.EnumerateObject().Any(field => !field.TryGetName(out var name) || PrivateFields.Contains(name) || MayHoldSecret(field.Value)),
        _ => false,
    };

    // What was encoded twice is a text that holds the fields.
    static bool IsPrivate(string text) => HasUserInfo(text) || PrivateFields.Concat(SecretMarks).Any(mark => text.Contains(mark, StringComparison.OrdinalIgnoreCase));

    // What does not parse as a web address may still be one with a password and a typing error.
    static bool HasUserInfo(string text) =>
        text.Contains('@', StringComparison.Ordinal)
        && !(Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0);

    static string Cut(string text)
    {
        if (text.Length <= MaxLength)
            return text;
        return char.IsHighSurrogate(text[MaxLength - 1]) ? text[..(MaxLength - 1)] : text[..MaxLength];
    }
}
