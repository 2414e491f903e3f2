using Framelane.Api.Conventions.RateLimiting;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http;

/// <summary>The routes that the program has: a list by hand would lack the next one.</summary>
static class ApiRoutes
{
    /// <summary>Those of controllers, but for probes, signed addresses and what is not the caller's.</summary>
    public static IEnumerable<(string Method, RoutePattern Pattern)> Routes(this ApiHost host) =>
        from route in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where route.Metadata.GetMetadata<ControllerActionDescriptor>() is not null && route.Metadata.GetMetadata<UnmeteredAttribute>() is null
        from method in route.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select (method, route.RoutePattern);

    /// <summary>The route's path with each id as the caller of this gives it.</summary>
    public static string PathOf(this RoutePattern route, Func<string, string> id) => "/" + string.Join('/', route.PathSegments.Select(segment => segment.Parts[0] switch
    {
        RoutePatternParameterPart part => id(part.Name),
        var part => ((RoutePatternLiteralPart)part).Content,
    }));
}
