using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Bodies;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.Paging;
using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Framelane.Api.Conventions.Idempotency;

/// <summary>Has a POST with an <c>Idempotency-Key</c> done once, however often it is sent.</summary>
/// <remarks>
/// It stands behind authentication, limits and what is wrong with a body by itself: what those refuse takes no key. It stands before all
/// that depends on how things are now, which must not keep a remembered answer from anybody.
/// </remarks>
sealed class IdempotencyFilter(IIdempotencyStore store, IdempotencyContext idempotency, TimeProvider time, ILogger<IdempotencyFilter> logger)
    : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method) || !request.Headers.TryGetValue(IdempotencyKey.Header, out var header))
        {
            await next();
            return;
        }

        if (IdempotencyKey.Read(header) is not { } key)
        {
            context.Result = new ErrorResult(ApiErrors.Invalid($"{IdempotencyKey.Header} must be 1 to {IdempotencyKey.MaxLength} printable ASCII characters."));
            return;
        }

        var outcome = await store.ClaimAsync(ScopeOf(context.HttpContext), key, await FingerprintOf(request), context.HttpContext.RequestAborted);
        if (outcome.Kind == IdempotencyOutcomeKind.Claimed)
            await RunAsync(outcome.Claim!, next);
        else
            context.Result = AnswerTo(outcome);
    }

    async Task RunAsync(IdempotencyClaim claim, ActionExecutionDelegate next)
    {
        idempotency.Claim = claim;
        await using (new LeaseKeeper(store, claim, time, logger))
            await next();

        // Not with the request's token: the caller may be gone, and the next one must not wait for the lease to run out.
        if (!idempotency.Committed)
            await store.ReleaseAsync(claim, CancellationToken.None);
    }

    static ActionResult AnswerTo(IdempotencyOutcome outcome) => outcome.Kind switch
    {
        IdempotencyOutcomeKind.Replay => new ReplayResult(outcome.Answer!),
        IdempotencyOutcomeKind.Conflict => new ErrorResult(ApiErrors.IdempotencyConflict),
        IdempotencyOutcomeKind.InProgress => new ErrorResult(ApiErrors.IdempotencyInProgress),
        _ => throw new InvalidOperationException($"No answer to {outcome.Kind}."),
    };

    /// <remarks>A route that needs no key takes no notice of one here either.</remarks>
    static string ScopeOf(HttpContext context) => !context.IsPublic() && context.AuthenticatedCaller() is { } caller
        ? $"{caller.WorkspaceId.Value} {context.RouteTemplate()}"
        : context.RouteTemplate();

    static async Task<byte[]> FingerprintOf(HttpRequest request) => RequestFingerprint.Of(
        request.PathBase + request.Path,
        request.QueryString.Value ?? "",
        (await RequestBody.ReadAsync(request.HttpContext)).Span);
}
