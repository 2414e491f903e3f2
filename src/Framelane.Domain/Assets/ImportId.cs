using Framelane.Domain.Common;

namespace Framelane.Domain.Assets;

/// <summary>Names an import: <c>import_</c> and a ULID.</summary>
public readonly record struct ImportId
{
    public const string Prefix = "import";

    ImportId(string value) => Value = value;

    public string Value { get; }

    public static ImportId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static ImportId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static ImportId FromStored(string text) => new(text);

    public override string ToString() => Value;
}
