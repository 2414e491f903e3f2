using Framelane.Domain.Common;

namespace Framelane.Domain.Uploads;

/// <summary>Names an upload: <c>upl_</c> and a ULID.</summary>
public readonly record struct UploadId
{
    public const string Prefix = "upl";

    UploadId(string value) => Value = value;

    public string Value { get; }

    public static UploadId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static UploadId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static UploadId FromStored(string text) => new(text);

    public override string ToString() => Value;
}
