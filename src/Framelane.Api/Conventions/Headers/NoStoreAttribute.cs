using Microsoft.AspNetCore.Mvc.Filters;

namespace Framelane.Api.Conventions.Headers;

/// <summary>The answer holds a secret: no cache may keep it, be it the first answer, a replay or an error.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoStoreAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context) =>
        context.HttpContext.Response.Headers.CacheControl = "no-store";

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
