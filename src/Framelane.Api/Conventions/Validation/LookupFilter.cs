using Framelane.Api.Conventions.Errors;
using Microsoft.AspNetCore.Mvc.Filters;
using InvalidRequest = Framelane.Application.Common.ValidationError;

namespace Framelane.Api.Conventions.Validation;

/// <summary>Runs the rules that look things up, and refuses the request where they find a fault.</summary>
/// <remarks>
/// It stands behind idempotency: what they find may differ from one day to the next, and an answer that is remembered is given again
/// whatever has become of what its request names. A refusal commits nothing, so it gives the key back.
/// </remarks>
sealed class LookupFilter(LookupRules lookups) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        await lookups.RunAsync(context);
        var faults = context.HttpContext.RequestFaults();
        if (faults.Any && !context.AnswersFaults())
            context.Result = new ErrorResult(new InvalidRequest(faults.All));
        else
            await next();
    }
}
