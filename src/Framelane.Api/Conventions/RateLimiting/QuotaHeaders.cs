using Framelane.Api.Conventions.Errors;
using Framelane.Application.Abstractions;

namespace Framelane.Api.Conventions.RateLimiting;

static class QuotaHeaders
{
    public static void WriteQuota(this HttpContext context, RateQuota quota)
    {
        context.Response.Headers["RateLimit-Limit"] = $"{quota.Limit}";
        context.Response.Headers["RateLimit-Remaining"] = $"{quota.Remaining}";
        context.Response.Headers["RateLimit-Reset"] = $"{Seconds(quota.Reset)}";
    }

    public static Task WriteRateLimitedAsync(this HttpContext context, RateQuota quota)
    {
        var seconds = Math.Max(1, Seconds(quota.Reset));
        context.WriteQuota(quota);
        context.Response.Headers.RetryAfter = $"{seconds}";
        return context.WriteErrorAsync(ApiErrors.RateLimited(seconds));
    }

    /// <summary>Rounded up: who waits that long has waited long enough.</summary>
    static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
