using Framelane.Application.Common;
using Framelane.Domain.Common;

namespace Framelane.Api.Conventions.Errors;

/// <summary>The errors that the HTTP side itself answers.</summary>
static class ApiErrors
{
    public static readonly Error Unauthorized = new("unauthorized", "Missing or invalid API key.");

    public static readonly Error EmailNotVerified = new("email_not_verified", "Verify the workspace's email address first.");

    public static readonly Error NoSuchRoute = Error.NotFound("Route");

    public static readonly Error MethodNotAllowed = new("method_not_allowed", "The route does not take this method.");

    public static readonly Error UnsupportedMediaType = new("unsupported_media_type", "The body must be JSON, in UTF-8: application/json.");

    public static readonly Error Unavailable = new("unavailable", "Not available at the moment. Try again.");

    public static readonly Error NoRoom = WorkErrors.NoRoom;

    public static readonly Error NotJson = Invalid("The body is not JSON.");

    public static readonly Error IdempotencyConflict = new("idempotency_conflict", "The Idempotency-Key was used for another request.");

    public static readonly Error IdempotencyInProgress = new("idempotency_in_progress", "The first request with this Idempotency-Key still runs.");

    public static Error Invalid(string message) => new("invalid_request", message);

    public static Error PayloadTooLarge(long limit) => new("payload_too_large", $"The body is larger than {limit} bytes.");

    public static Error Internal(string traceId) =>
        new DetailedError("internal_error", "Something went wrong on our side.", new Dictionary<string, object?> { ["trace_id"] = traceId });

    public static Error NotReady(IReadOnlyList<string> failing) =>
        new DetailedError("unavailable", $"Not ready: {string.Join(", ", failing)}.", new Dictionary<string, object?> { ["failing"] = failing });
}
