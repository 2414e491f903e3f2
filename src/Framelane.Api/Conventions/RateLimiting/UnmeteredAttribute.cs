namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>The route counts against no limit.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UnmeteredAttribute : Attribute;

static class UnmeteredExtensions
{
    /// <summary>Documents are served by middleware, which has no endpoint to put the attribute on.</summary>
    static readonly PathString[] Documents = ["/openapi.json", "/docs"];

    public static bool IsUnmetered(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<UnmeteredAttribute>() is not null
        || Documents.Any(document => context.Request.Path.StartsWithSegments(document, StringComparison.Ordinal));
}
