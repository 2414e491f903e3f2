using Framelane.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;

namespace Framelane.Infrastructure.Sessions;

static class SessionServices
{
    /// <summary>What checks session tokens. Nothing is asked of the identity provider before the first token comes.</summary>
    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddSingleton<IDocumentRetriever, ProviderDocuments>();
        services.AddSingleton<ProviderKeys>();
        services.AddSingleton<ISessionTokens, SessionTokens>();
        return services;
    }
}
