using Framelane.Domain.Common;

namespace Framelane.Application.Common;

/// <summary>Not at the moment: the answer says in <c>Retry-After</c> when to ask again.</summary>
public sealed record BusyError(string Code, string Message, int RetryAfterSeconds) : Error(Code, Message);
