using Framelane.Api.Conventions.Errors;
using Microsoft.AspNetCore.Mvc.Filters;
using InvalidRequest = Framelane.Application.Common.ValidationError;

namespace Framelane.Api.Conventions.Validation;

/// <summary>Refuses a request whose body alone is wrong, with all its faults at once, or lets it through.</summary>
/// <remarks>It stands before idempotency. What is refused for how things are now is refused behind it, by <see cref="LookupFilter"/>.</remarks>
sealed class ValidationFilter(LookupRules lookups) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var faults = context.HttpContext.RequestFaults();
        if (!faults.Any && !context.ModelState.IsValid)
            throw new InvalidOperationException($"Not bound by our own readers: {string.Join(", ", context.ModelState.Keys)}.");
        if (!faults.Any || context.AnswersFaults())
        {
            await next();
            return;
        }

        // It is refused in any case, and hears of the other faults now and not after it has mended these.
        await lookups.RunAsync(context);
        context.Result = new ErrorResult(new InvalidRequest(faults.All));
    }
}
