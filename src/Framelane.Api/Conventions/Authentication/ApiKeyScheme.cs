namespace Framelane.Api.Conventions.Authentication;

static class ApiKeyScheme
{
    public const string Name = "ApiKey";

    /// <summary>The claim without which a caller is known but not let in.</summary>
    public const string EmailVerified = "email_verified";

    public static IServiceCollection AddApiKeyAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(Name).AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, ApiKeyHandler>(Name, null);
        services.AddAuthorizationBuilder().SetDefaultPolicy(new(
            [new Microsoft.AspNetCore.Authorization.Infrastructure.DenyAnonymousAuthorizationRequirement(),
             new Microsoft.AspNetCore.Authorization.Infrastructure.ClaimsAuthorizationRequirement(EmailVerified, [bool.TrueString])],
            [Name]));
        return services;
    }
}
