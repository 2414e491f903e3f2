using Framelane.Application.Abstractions;
using Framelane.Application.Uploads;
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

/// <summary>The request is not valid. Where one kind of fault is all that is wrong, and the contract has a code for it, that is its code.</summary>
public sealed record ValidationError(IReadOnlyList<ValidationFault> Faults) : Error(CodeOf(Faults), "The request is not valid.")
{
    /// <summary>Nobody reads more, and a body of wrong values must not become an answer of a hundred times its size.</summary>
    public const int MaxFaults = 1000;

    static readonly string[] Named = [MediaErrorCodes.SourceNotAllowed, UploadErrors.UnsupportedType];

    public static ValidationError At(string type, string message, params object[] loc) => new([new ValidationFault(loc, message, type)]);

    static string CodeOf(IReadOnlyList<ValidationFault> faults) =>
        Named.FirstOrDefault(code => faults.Count > 0 && faults.All(fault => fault.Type == code)) ?? "validation_error";
}
