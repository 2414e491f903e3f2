using Framelane.Domain.Common;

namespace Framelane.Domain.ApiKeys;

/// <summary>Names an API key (never the key itself): <c>key_</c> and a ULID.</summary>
public readonly record struct ApiKeyId
{
    public const string Prefix = "key";

    ApiKeyId(string value) => Value = value;

    public string Value { get; }

    public static ApiKeyId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static ApiKeyId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static ApiKeyId FromStored(string text) => new(text);

    public override string ToString() => Value;
}
