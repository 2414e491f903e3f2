namespace Framelane.Domain.Audit;

/// <summary>The values of an audit entry's action.</summary>
public static class AuditActions
{
    public const string WorkspaceCreated = "workspace.created";
    public const string WorkspaceUpdated = "workspace.updated";
    public const string PlanChanged = "workspace.plan_changed";
    public const string WorkspaceDeleted = "workspace.deleted";
    public const string EmailVerified = "workspace.email_verified";
    public const string SecretRotated = "signing_secret.rotated";
    public const string PreviousSecretDropped = "signing_secret.previous_dropped";
    public const string WebhookCreated = "webhook.created";
    public const string WebhookUpdated = "webhook.updated";
    public const string WebhookDisabled = "webhook.disabled";
    public const string WebhookDeleted = "webhook.deleted";
    public const string ApiKeyCreated = "api_key.created";
    public const string ApiKeyRevoked = "api_key.revoked";
    public const string AssetDeleted = "asset.deleted";
}
