using Framelane.Domain.Common;

namespace Framelane.Domain.Jobs;

/// <summary>Names a job: <c>render_</c> or <c>task_</c>, by its kind, and a ULID.</summary>
public readonly record struct JobId
{
    JobId(string value) => Value = value;

    public string Value { get; }

    public static JobId New(JobKind kind, DateTimeOffset now) => new(Ulid.New(PrefixOf(kind), now));

    /// <summary>The id, or null where the text is none of that kind: it then names nothing, which is a 404, not a 422.</summary>
    public static JobId? TryParse(JobKind kind, string? text) => Ulid.IsWellFormed(PrefixOf(kind), text) ? new(text!) : null;

    /// <summary>An id that comes from our own storage.</summary>
    public static JobId FromStored(string text) => new(text);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator <(JobId left, JobId right) => Ulid.IsBefore(left.Value, right.Value);

    /// <inheritdoc cref="Ulid.IsBefore"/>
    public static bool operator >(JobId left, JobId right) => right < left;

    public override string ToString() => Value;

    static string PrefixOf(JobKind kind) => kind switch
    {
        JobKind.Render => "render",
        JobKind.Task => "task",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
