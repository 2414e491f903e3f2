using Framelane.Domain.Common;

namespace Framelane.Domain.Webhooks;

/// <summary>Names a webhook endpoint: <c>wh_</c> and a ULID.</summary>
public readonly record struct WebhookId
{
    public const string Prefix = "wh";

    WebhookId(string value) => Value = value;

    public string Value { get; }

    public static WebhookId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static WebhookId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static WebhookId FromStored(string text) => new(text);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator <(WebhookId left, WebhookId right) => Ulid.IsBefore(left.Value, right.Value);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator >(WebhookId left, WebhookId right) => right < left;

    public override string ToString() => Value;
}
