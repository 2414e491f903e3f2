using Framelane.Domain.Common;

namespace Framelane.Application.Common;

/// <summary>One thing that is wrong with a request, and where.</summary>
/// <param name="Loc">Wire names and array indexes from <c>body</c>, <c>query</c>, <c>path</c> or <c>header</c> on.</param>
/// <param name="Type">A stable word for the kind of fault.</param>
/// <param name="Input">What was sent there; left out where it could be a secret.</param>
public sealed record ValidationFault(
    IReadOnlyList<object> Loc,
    string Message,
    string Type,
    object? Input = null,
    IReadOnlyDictionary<string, object?>? Context = null);

/// <summary>The request means something that cannot be done; found by a handler because it took the database to know.</summary>
public sealed record ValidationError(IReadOnlyList<ValidationFault> Faults)
    : Error("validation_error", "The request is not valid.")
{
    public static ValidationError At(string type, string message, params object[] loc) => new([new ValidationFault(loc, message, type)]);
}
