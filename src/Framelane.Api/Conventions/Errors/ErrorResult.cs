using Framelane.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Conventions.Errors;

/// <summary>Answers an error from within MVC.</summary>
sealed class ErrorResult(Error error) : ActionResult
{
    public Error Error => error;

    public override Task ExecuteResultAsync(ActionContext context) => context.HttpContext.WriteErrorAsync(error);
}
