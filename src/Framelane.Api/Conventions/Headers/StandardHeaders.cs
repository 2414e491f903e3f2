using Framelane.Api.Conventions.Errors;

namespace Framelane.Api.Conventions.Headers;

/// <summary>What every answer carries.</summary>
sealed class StandardHeaders(RequestDelegate next)
{
    public const string RequestId = "X-Request-Id";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers[RequestId] = context.TraceId();
        return next(context);
    }
}
