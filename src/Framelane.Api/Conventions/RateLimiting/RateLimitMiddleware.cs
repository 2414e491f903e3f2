using Framelane.Api.Conventions.Authentication;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Plans;
using Microsoft.Extensions.Options;

namespace Framelane.Api.Conventions.RateLimiting;

/// <summary>Counts the request against its workspace, or against its address where the route needs no key, or none was shown, or one that nobody has verified.</summary>
sealed class RateLimitMiddleware(RequestDelegate next, IRateLimiter limiter, IOptions<RateLimitOptions> options, IOptions<PlanOptions> plans)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!options.Value.Enabled)
        {
            await next(context);
            return;
        }

        if (context.IsUnmetered())
        {
            // Nothing of the key may show here, where wrong ones are not counted.
            var (visitor, allowance) = VisitorOf(context, RateKind.Address);
            context.WriteQuota(await limiter.PeekAsync(visitor, allowance, context.RequestAborted));
            await next(context);
            return;
        }

        var (partition, limit) = PartitionOf(context);
        if (partition.Kind == RateKind.WrongKeys)
        {
            // It was counted when it was found to be wrong.
            context.WriteQuota(await limiter.PeekAsync(partition, limit, context.RequestAborted));
            await next(context);
            return;
        }

        var quota = await limiter.TakeAsync(partition, limit, context.RequestAborted);
        if (quota.Allowed && OpensBillingPage(context) && context.CallingWorkspace() is { } workspace
            && await limiter.TakeAsync(new(RateKind.BillingPages, workspace.Value), options.Value.BillingPagesPerMinute, context.RequestAborted) is { Allowed: false } pages)
            quota = pages;
        if (!quota.Allowed)
        {
            await context.WriteRateLimitedAsync(quota);
            return;
        }

        context.WriteQuota(quota);
        await next(context);
    }

    static bool OpensBillingPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<BillingPageAttribute>() is not null;

    (RatePartition Partition, int Limit) PartitionOf(HttpContext context)
    {
        // A key of a sign-up that nobody has verified is had for the asking: who has many of them is one stranger all the same.
        if (!context.IsPublic() && context.AuthenticatedCaller() is { EmailVerified: true } caller)
            return (new(RateKind.Workspace, caller.WorkspaceId.Value), plans.Value.Of(caller.Plan).RequestsPerMinute);

        // The framework keeps the result of an authentication only where it succeeded. Where no key is needed, a wrong one makes no other visitor of anybody.
        var showedWrongKey = !context.IsPublic() && context.Request.Headers.Authorization.Count > 0 && context.AuthenticatedCaller() is null;
        return VisitorOf(context, showedWrongKey ? RateKind.WrongKeys : RateKind.Address);
    }

    (RatePartition Partition, int Limit) VisitorOf(HttpContext context, RateKind kind) =>
        (new(kind, ClientKey.Of(context.ClientAddress())), options.Value.UnauthenticatedRequestsPerMinute);
}
