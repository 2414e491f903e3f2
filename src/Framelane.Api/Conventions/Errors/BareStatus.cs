using Microsoft.AspNetCore.Diagnostics;

namespace Framelane.Api.Conventions.Errors;

/// <summary>Gives the answers that the framework leaves empty (no such route, wrong method) their body.</summary>
static class BareStatus
{
    public static Task WriteAsync(StatusCodeContext context) => context.HttpContext.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => context.HttpContext.WriteErrorAsync(ApiErrors.NoSuchRoute),
        StatusCodes.Status405MethodNotAllowed => context.HttpContext.WriteErrorAsync(ApiErrors.MethodNotAllowed),
        StatusCodes.Status415UnsupportedMediaType => context.HttpContext.WriteErrorAsync(ApiErrors.UnsupportedMediaType),
        StatusCodes.Status400BadRequest => context.HttpContext.WriteErrorAsync(ApiErrors.Invalid("The request could not be read.")),
        _ => Task.CompletedTask,
    };
}
