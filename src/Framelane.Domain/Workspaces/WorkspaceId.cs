using Framelane.Domain.Common;

namespace Framelane.Domain.Workspaces;

/// <summary>Names a workspace: <c>ws_</c> and a ULID.</summary>
public readonly record struct WorkspaceId
{
    public const string Prefix = "ws";

    WorkspaceId(string value) => Value = value;

    public string Value { get; }

    public static WorkspaceId New(DateTimeOffset now) => new(Ulid.New(Prefix, now));

    /// <summary>The id, or null where the text is not one: it then names nothing, which is a 404, not a 422.</summary>
    public static WorkspaceId? TryParse(string? text) => Ulid.IsWellFormed(Prefix, text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static WorkspaceId FromStored(string text) => new(text);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator <(WorkspaceId left, WorkspaceId right) => Ulid.IsBefore(left.Value, right.Value);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator >(WorkspaceId left, WorkspaceId right) => right < left;

    public override string ToString() => Value;
}
