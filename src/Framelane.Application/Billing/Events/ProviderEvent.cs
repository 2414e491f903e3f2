namespace Framelane.Application.Billing.Events;

/// <summary>What the payment provider says has happened: a hint that something there is to be read anew, and no more.</summary>
/// <param name="IsAboutSubscription">Whether it tells of a subscription that is not what it was.</param>
/// <param name="NamedWorkspace">Whose it was when it was bought, as it was noted with it then; null where nothing was.</param>
public sealed record ProviderEvent(string Id, string Type, bool IsAboutSubscription, string? CustomerId, string? NamedWorkspace = null)
{
    /// <summary>The header with the provider's signature.</summary>
    public const string SignatureHeader = "Stripe-Signature";
}
