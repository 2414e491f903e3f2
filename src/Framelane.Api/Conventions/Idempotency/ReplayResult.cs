using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Conventions.Idempotency;

/// <summary>Gives a remembered answer again, with where it is found: always 200, so that a caller can tell a replay from something new.</summary>
sealed class ReplayResult(byte[] answer) : ActionResult
{
    public const string Header = "Idempotency-Replayed";

    public override Task ExecuteResultAsync(ActionContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.Headers[Header] = "true";
        context.HttpContext.Locate(answer);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = answer.Length;
        return response.Body.WriteAsync(answer, context.HttpContext.RequestAborted).AsTask();
    }
}
