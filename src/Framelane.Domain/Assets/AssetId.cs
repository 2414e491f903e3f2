using Framelane.Domain.Common;

namespace Framelane.Domain.Assets;

/// <summary>Names an asset: <c>ast_</c> and a ULID.</summary>
public readonly record struct AssetId
{
    public const string Prefix = "ast";

    AssetId(string value) => Value = value;

    public string Value { get; }

    public static AssetId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static AssetId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static AssetId FromStored(string text) => new(text);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator <(AssetId left, AssetId right) => Ulid.IsBefore(left.Value, right.Value);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator >(AssetId left, AssetId right) => right < left;

    public override string ToString() => Value;
}
