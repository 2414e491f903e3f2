using System.Security.Claims;
using System.Text.Encodings.Web;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Conventions.Authentication;

/// <summary>
/// <c>Authorization: Bearer</c> with an API key or with a session token of the console. Missing, malformed, unknown and revoked keys, and
/// tokens of which anything is wrong, all get the same answer.
/// </summary>
sealed class ApiKeyHandler(
    IApiKeyAuthenticator keys,
    ISessionAuthenticator sessions,
    IOutages outages,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // Where nothing is counted nothing is looked up either; none of these routes asks who calls.
        if (Request.Headers.Authorization.Count == 0 || Context.IsUnmetered())
            return AuthenticateResult.NoResult();
        AuthenticatedCaller? caller;
        try
        {
            caller = BearerCredential.Read(Request.Headers.Authorization) is { } presented ? await FindAsync(presented) : null;
        }
        catch (Exception failure) when (Context.IsPublic() && outages.IsOutage(failure))
        {
            // Where no key is needed, one of which nothing can be said is as good as none.
            return AuthenticateResult.NoResult();
        }

        if (caller is null)
            return AuthenticateResult.Fail("No valid API key or session token.");
        Context.Features.Set(caller);
        var identity = new ClaimsIdentity([new(ApiKeyScheme.EmailVerified, caller.EmailVerified.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new(new(identity), Scheme.Name));
    }

    async Task<AuthenticatedCaller?> FindAsync(BearerCredential presented) => presented.Key is { } key
        ? await keys.AuthenticateAsync(key, Context.RequestAborted)
        : await sessions.AuthenticateAsync(presented.Session!, Context.RequestAborted);

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.WriteErrorAsync(ApiErrors.Unauthorized);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.WriteErrorAsync(ApiErrors.EmailNotVerified);
}
