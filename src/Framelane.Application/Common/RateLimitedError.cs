using Framelane.Application.Abstractions;
using Framelane.Domain.Common;

namespace Framelane.Application.Common;

/// <summary>More requests than are allowed: the answer says how many those are, and when the window ends.</summary>
public sealed record RateLimitedError(RateQuota Quota) : Error("rate_limited", "Too many requests.");
