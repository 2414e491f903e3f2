using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Api.Tests.Http;

static class Decoration
{
    /// <summary>Puts something in front of what the program registered for a port.</summary>
    public static void Decorate<T>(this IServiceCollection services, Func<T, T> wrap)
        where T : class
    {
        var real = services.Last(service => service.ServiceType == typeof(T));
        services.Add(new(typeof(T), provider => wrap((T)ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)), real.Lifetime));
    }
}
