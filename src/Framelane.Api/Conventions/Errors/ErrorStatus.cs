namespace Framelane.Api.Conventions.Errors;

/// <summary>Which status a code is answered with: the contract's table.</summary>
static class ErrorStatus
{
    static readonly Dictionary<string, int> Statuses = new()
    {
        ["invalid_request"] = StatusCodes.Status400BadRequest,
        ["unauthorized"] = StatusCodes.Status401Unauthorized,
        ["quota_exceeded"] = StatusCodes.Status402PaymentRequired,
        ["email_not_verified"] = StatusCodes.Status403Forbidden,
        ["plan_required"] = StatusCodes.Status403Forbidden,
        ["not_found"] = StatusCodes.Status404NotFound,
        ["method_not_allowed"] = StatusCodes.Status405MethodNotAllowed,
        ["idempotency_conflict"] = StatusCodes.Status409Conflict,
        ["idempotency_in_progress"] = StatusCodes.Status409Conflict,
        ["conflict"] = StatusCodes.Status409Conflict,
        ["not_cancellable"] = StatusCodes.Status409Conflict,
        ["not_ready"] = StatusCodes.Status409Conflict,
        ["payload_too_large"] = StatusCodes.Status413PayloadTooLarge,
        ["unsupported_media_type"] = StatusCodes.Status415UnsupportedMediaType,
        ["validation_error"] = StatusCodes.Status422UnprocessableEntity,
        ["unsupported_content_type"] = StatusCodes.Status422UnprocessableEntity,
        ["source_not_allowed"] = StatusCodes.Status422UnprocessableEntity,
        ["rate_limited"] = StatusCodes.Status429TooManyRequests,
        ["render_timeout"] = StatusCodes.Status504GatewayTimeout,
        ["internal_error"] = StatusCodes.Status500InternalServerError,
        ["unavailable"] = StatusCodes.Status503ServiceUnavailable,
        ["not_configured"] = StatusCodes.Status503ServiceUnavailable,
    };

    public static IReadOnlyCollection<string> Codes => Statuses.Keys;

    /// <exception cref="KeyNotFoundException">The code is not in the contract, which is a bug.</exception>
    public static int Of(string code) => Statuses[code];
}
