using System.Text.Json.Serialization;

namespace Framelane.Api.Wire;

/// <summary>The 422 of request validation: the envelope of every error, and all faults of the request beside it.</summary>
/// <param name="Detail">Sorted by place.</param>
public sealed record HTTPValidationError(ErrorBody Error, IReadOnlyList<ValidationError> Detail);

/// <summary>One thing that is wrong with a request.</summary>
public sealed record ValidationError
{
    /// <summary>Where: wire names and array indexes from <c>body</c>, <c>query</c>, <c>path</c> or <c>header</c> on.</summary>
    public required IReadOnlyList<object> Loc { get; init; }

    /// <summary>A sentence for a person; may change.</summary>
    public required string Msg { get; init; }

    /// <summary>A stable word for the kind of fault.</summary>
    public required string Type { get; init; }

    /// <summary>What was sent there, cut at 256 characters; left out where it could be a secret.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Input { get; init; }

    /// <summary>The limits that were broken, where there are any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, object?>? Ctx { get; init; }
}
