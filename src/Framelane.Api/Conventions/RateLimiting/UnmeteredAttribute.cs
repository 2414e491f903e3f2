namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>The route counts against no limit.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class UnmeteredAttribute : Attribute;

static class UnmeteredExtensions
{
    public static bool IsUnmetered(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<UnmeteredAttribute>() is not null;
}
