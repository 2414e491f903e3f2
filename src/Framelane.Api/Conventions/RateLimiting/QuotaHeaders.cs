using Framelane.Api.Conventions.Errors;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.RateLimiting;

static class QuotaHeaders
{
    const string Limit = "RateLimit-Limit";

    const string Remaining = "RateLimit-Remaining";

    const string Reset = "RateLimit-Reset";

    public static string[] Names { get; } = [Limit, Remaining, Reset];

    public static void WriteQuota(this HttpContext context, RateQuota quota)
    {
        context.Response.Headers[Limit] = $"{quota.Limit}";
        context.Response.Headers[Remaining] = $"{quota.Remaining}";
        context.Response.Headers[Reset] = $"{Seconds(quota.Reset)}";
    }

    public static Task WriteRateLimitedAsync(this HttpContext context, RateQuota quota) => context.WriteErrorAsync(new RateLimitedError(quota));

    /// <summary>Seconds, at least one.</summary>
    public static int RetryAfter(this RateQuota quota) => Math.Max(1, Seconds(quota.Reset));

    /// <summary>Rounded up: who waits that long has waited long enough.</summary>
    static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
