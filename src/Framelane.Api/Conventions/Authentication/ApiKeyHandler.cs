using System.Security.Claims;
using System.Text.Encodings.Web;
using Framelane.Api.Conventions.Errors;
using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Conventions.Authentication;

/// <summary><c>Authorization: Bearer fl_live_…</c>. Missing, malformed, unknown and revoked keys all get the same answer.</summary>
sealed class ApiKeyHandler(
    IApiKeyAuthenticator keys,
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
            return AuthenticateResult.NoResult();
        if (BearerKey.Read(Request.Headers.Authorization) is not { } presented
            || await keys.AuthenticateAsync(presented, Context.RequestAborted) is not { } key)
            return AuthenticateResult.Fail("No valid API key.");

        Context.Features.Set(key);
        var identity = new ClaimsIdentity([new(ApiKeyScheme.EmailVerified, key.EmailVerified.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new(new(identity), Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Context.WriteErrorAsync(ApiErrors.Unauthorized);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.WriteErrorAsync(ApiErrors.EmailNotVerified);
}
