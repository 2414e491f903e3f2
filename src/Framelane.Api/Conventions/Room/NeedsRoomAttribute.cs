using Framelane.Api.Conventions.Errors;
using Framelane.Application.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Framelane.Api.Conventions.Room;

/// <summary>The action takes new work: it is refused while less is free than <c>Framelane:Storage:MinFreeBytes</c>.</summary>
/// <remarks>It stands behind idempotency: what was taken before is answered again all the same. What is not valid hears that first.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsRoomAttribute : Attribute, IAsyncActionFilter, IOrderedFilter
{
    public int Order => 3;

    public Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        if (context.HttpContext.RequestServices.GetRequiredService<IFreeSpace>().HasRoom())
            return next();
        context.Result = new ErrorResult(ApiErrors.NoRoom);
        return Task.CompletedTask;
    }
}
