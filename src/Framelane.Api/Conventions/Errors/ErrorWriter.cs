using System.Globalization;
using System.Text.Json;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Api.Conventions.Validation;
using Framelane.Api.Wire;
using Framelane.Application.Common;
using Framelane.Domain.Common;
using InvalidRequest = Framelane.Application.Common.ValidationError;

namespace Framelane.Api.Conventions.Errors;

/// <summary>The one place where an error becomes an answer.</summary>
static class ErrorWriter
{
    /// <summary>Seconds until what is not available at the moment may be asked for again, where nothing nearer is known.</summary>
    const string Later = "30";

    public static Task WriteErrorAsync(this HttpContext context, Error error)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(BodyOf(error), WireJson.Options);
        context.Response.StatusCode = ErrorStatus.Of(error.Code);
        if (error.Code == ApiErrors.Unauthorized.Code)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (error is RateLimitedError limited)
        {
            context.WriteQuota(limited.Quota);
            context.Response.Headers.RetryAfter = $"{limited.Quota.RetryAfter()}";
        }
        else if (error is BusyError busy)
            context.Response.Headers.RetryAfter = busy.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        else if (error.Code == ApiErrors.Unavailable.Code && context.Response.Headers.RetryAfter.Count == 0)
            context.Response.Headers.RetryAfter = Later;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    static object BodyOf(Error error) => error switch
    {
        InvalidRequest invalid => new HTTPValidationError(
            ErrorBody.Of(invalid.Code, invalid.Message),
            FaultView.Of(invalid.Faults)),
        RateLimitedError limited => new ErrorResponse(
            new(limited.Code, limited.Message, new Dictionary<string, object?> { ["retry_after_seconds"] = limited.Quota.RetryAfter() })),
        DetailedError detailed => new ErrorResponse(new(detailed.Code, detailed.Message, detailed.Details)),
        _ => new ErrorResponse(ErrorBody.Of(error.Code, error.Message)),
    };
}
