using System.Text.Json.Nodes;

namespace Framelane.Api.Tests.Http;

/// <summary>The fields that the contract names, in no order.</summary>
static class Fields
{
    public static readonly string[] Webhook =
        ["id", "url", "events", "description", "enabled", "disabled_reason", "created_at", "last_delivery_at"];

    public static readonly string[] Attempt =
    [
        "id", "delivery_id", "webhook_id", "event_type", "attempt_number", "status", "created_at", "job_id", "status_code", "response_body",
        "attempted_at", "next_retry_at", "failure_reason",
    ];

    public static readonly string[] Workspace =
        ["id", "name", "created_at", "email", "email_verified", "plan", "plan_status", "signing_secret"];

    public static readonly string[] ApiKey = ["id", "name", "key_prefix", "created_at", "last_used_at", "revoked_at"];

    public static readonly string[] AuditEntry = ["id", "action", "target_id", "api_key_id", "subject", "address", "created_at"];

    public static readonly string[] Page = ["data", "next_cursor", "has_more"];

    public static IEnumerable<string> Of(JsonNode? json) => json!.AsObject().Select(field => field.Key);
}
