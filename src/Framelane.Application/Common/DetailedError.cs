using Framelane.Domain.Common;

namespace Framelane.Application.Common;

/// <summary>An error whose answer's <c>details</c> are not empty.</summary>
public sealed record DetailedError(string Code, string Message, IReadOnlyDictionary<string, object?> Details) : Error(Code, Message);
