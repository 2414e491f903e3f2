namespace Framelane.Application.Billing;

/// <summary>A page of the payment provider.</summary>
public sealed record BillingLinkResponse
{
    /// <summary>For the workspace's own people: whoever has it gets in. It lives for a while only.</summary>
    public required Uri Url { get; init; }
}
