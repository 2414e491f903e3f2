namespace Framelane.Domain.Webhooks;

/// <summary>Why a webhook is disabled (its <c>disabled_reason</c>).</summary>
public static class DisabledReasons
{
    /// <summary>Its owner set <c>enabled</c> to false.</summary>
    public const string ByOwner = "disabled_by_owner";

    /// <summary>The receiver answered 410 Gone.</summary>
    public const string Gone = "gone";

    /// <summary>All attempts failed for as long as the settings allow (5 days by default).</summary>
    public const string Failing = "failing";
}
