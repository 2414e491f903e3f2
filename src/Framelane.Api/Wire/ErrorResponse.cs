namespace Framelane.Api.Wire;

/// <summary>Every error's body.</summary>
public sealed record ErrorResponse(ErrorBody Error);

/// <param name="Code">Stable; clients branch on it.</param>
/// <param name="Message">A sentence for a person; may change.</param>
/// <param name="Details">What else is known; possibly empty.</param>
public sealed record ErrorBody(string Code, string Message, IReadOnlyDictionary<string, object?> Details)
{
    public static ErrorBody Of(string code, string message) => new(code, message, new Dictionary<string, object?>());
}
