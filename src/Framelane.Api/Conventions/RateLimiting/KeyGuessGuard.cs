using Framelane.Api.Conventions.Authentication;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>Authenticates; an address that showed too many wrong keys is refused unseen, right key or wrong, until its window is over.</summary>
sealed class KeyGuessGuard(RequestDelegate next, IRateLimiter limiter, AcceptedKeys accepted, IOptions<RateLimitOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!options.Value.Enabled || context.Request.Headers.Authorization.Count == 0 || context.IsUnmetered())
        {
            await next(context);
            return;
        }

        var key = BearerCredential.Read(context.Request.Headers.Authorization);
        var client = new RatePartition(RateKind.WrongKeys, ClientKey.Of(context.ClientAddress()));
        var limit = options.Value.UnauthenticatedRequestsPerMinute;
        var quota = await limiter.PeekAsync(client, limit, context.RequestAborted);

        // For the answer that the key cannot be looked up. Any other one tells its own in its place.
        context.WriteQuota(quota);
        if (quota.Allowed || (key is not null && accepted.Contains(key)))
        {
            var found = await context.AuthenticateAsync();
            if (found.Succeeded)
                accepted.Add(key!);

            // None where nothing can be said of the key at the moment, and none is needed: it counts neither as right nor as wrong.
            if (found.Succeeded || found.None)
            {
                await next(context);
                return;
            }

            if (key is not null)
                await accepted.RemoveAsync(key, context.RequestAborted);
            quota = await limiter.TakeAsync(client, limit, context.RequestAborted);
        }

        if (!quota.Allowed)
        {
            await context.WriteRateLimitedAsync(quota);
            return;
        }

        await next(context);
    }
}
