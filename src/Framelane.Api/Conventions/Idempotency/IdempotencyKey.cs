using Microsoft.Extensions.Primitives;

namespace Framelane.Api.Conventions.Idempotency;

static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    public const int MaxLength = 255;

    /// <summary>The key, or null where the header is not one key of 1 to 255 printable ASCII characters.</summary>
    public static string? Read(StringValues header) =>
        header.Count == 1 && header[0] is { Length: > 0 and <= MaxLength } key && !key.AsSpan().ContainsAnyExceptInRange(' ', '~') ? key : null;
}
