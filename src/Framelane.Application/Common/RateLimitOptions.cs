namespace Framelane.Application.Common;

/// <summary>Section <c>Framelane:RateLimits</c>; the plans' own numbers are in <see cref="Plans.PlanOptions"/>.</summary>
public sealed class RateLimitOptions
{
    public const string Section = "Framelane:RateLimits";

    public bool Enabled { get; set; } = true;

    /// <summary>Requests a minute of one client address to routes that need no key; also how often it may show a wrong key.</summary>
    public int UnauthenticatedRequestsPerMinute { get; set; } = 30;

    /// <summary>Pages of the payment provider that a workspace may open a minute: what the provider takes a second is for all workspaces together.</summary>
    public int BillingPagesPerMinute { get; set; } = 10;

    /// <summary>
    /// Requests a minute to one upload's address, which bring parts or ask how far it is: 5 GiB in parts of 8 MiB are 640. However little one brings,
    /// it costs transactions, and in S3 up to 8 MiB that are read and written.
    /// </summary>
    public int UploadPartsPerMinute { get; set; } = 720;
}
