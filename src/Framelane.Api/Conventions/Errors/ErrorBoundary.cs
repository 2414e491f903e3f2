using System.Diagnostics;
using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.Http.Features;

namespace Framelane.Api.Conventions.Errors;

/// <summary>The one exception handler: whatever was thrown becomes an answer that tells nothing of our insides.</summary>
sealed partial class ErrorBoundary(RequestDelegate next, IOutages outages, ILogger<ErrorBoundary> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (!context.Response.HasStarted && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer, whatever the driver calls what it was cancelled by.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (RefusedException refused) when (!context.Response.HasStarted)
        {
            await context.WriteErrorAsync(refused.Error);
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            await context.WriteErrorAsync(refused.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? ApiErrors.PayloadTooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0)
                : ApiErrors.Invalid("The request could not be read."));
        }
        catch (Exception exception) when (!context.Response.HasStarted && outages.IsOutage(exception))
        {
            LogOutage(exception, context.Request.Method, context.Request.Path);
            context.Response.Headers.Location = default;
            context.Response.Headers.RetryAfter = "1";
            await context.WriteErrorAsync(ApiErrors.Unavailable);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            LogFault(exception, context.Request.Method, context.Request.Path);
            context.Response.Headers.Location = default;
            await context.WriteErrorAsync(ApiErrors.Internal(context.TraceId()));
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Method} {Path} could not be served: something it needs does not answer")]
    partial void LogOutage(Exception exception, string method, PathString path);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    partial void LogFault(Exception exception, string method, PathString path);
}

static class TraceIdExtensions
{
    /// <summary>What finds this request in logs and traces.</summary>
    public static string TraceId(this HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
