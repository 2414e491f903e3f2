using System.Globalization;
using System.Net;
using Framelane.Application.Abstractions;
using Framelane.Application.Billing.Events;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Configuration;
using Microsoft.Extensions.Options;
using Stripe;
using Plan = Framelane.Domain.Workspaces.Plan;
using Subscription = Framelane.Domain.Billing.Subscription;

namespace Framelane.Infrastructure.Billing;

/// <summary>Stripe, by its own library.</summary>
sealed class StripeProvider(IOptions<StripeOptions> options, StripeConnection stripe, IPublicUrls urls, TimeProvider time) : IBillingProvider
{
    /// <summary>What a meter looks for by default in an event.</summary>
    const string CustomerKey = "stripe_customer_id", ValueKey = "value";

    const int PageSize = 100;

    readonly Dictionary<string, Plan> plans = options.Value.PlanPrices.ToDictionary(price => price.Price, price => price.Plan, StringComparer.Ordinal);

    readonly Dictionary<Plan, string> sold = options.Value.PlanPrices.DistinctBy(price => price.Plan).ToDictionary(price => price.Plan, price => price.Price);

    public bool IsConfigured => options.Value.IsConfigured;

    public bool TakesMinutes => options.Value.Meter.IsConfigured;

    public IReadOnlyCollection<Plan> Plans { get; } = [.. options.Value.PlanPrices.Select(price => price.Plan).Distinct().Order()];

    public async Task<string> CreateCustomerAsync(WorkspaceId workspaceId, string? formerId, CancellationToken cancellationToken)
    {
        // Nothing that may change is among the parameters, for with others the key would be refused. And the key of the first customer would
        // bring that one back, for a day, long after it was deleted.
        var parameters = new CustomerCreateOptions { Metadata = new() { [StripeSubscriptions.WorkspaceKey] = workspaceId.Value } };
        var once = new RequestOptions { IdempotencyKey = $"framelane-customer-{(formerId is null ? "" : $"{formerId}-")}{workspaceId.Value}" };
        var customer = await stripe.AskAsync("a customer", token => new CustomerService(stripe.Client).CreateAsync(parameters, once, token), cancellationToken);
        return Given(customer.Id);
    }

    public Task DeleteCustomerAsync(string customerId, CancellationToken cancellationToken) => stripe.AskAsync(
        "a customer's end",
        async token =>
        {
            try
            {
                await new CustomerService(stripe.Client).DeleteAsync(customerId, null, null, token);
            }
            catch (StripeException refused) when (refused.HttpStatusCode == HttpStatusCode.NotFound)
            {
                // It may be gone already.
                if (!await WasDeletedAsync(customerId, token))
                    throw;
            }

            return true;
        },
        cancellationToken);

    public Task<Uri?> OpenPortalAsync(string customerId, CancellationToken cancellationToken)
    {
        var parameters = new Stripe.BillingPortal.SessionCreateOptions { Customer = customerId, ReturnUrl = ReturnUrl() };
        return OpenAsync(
            "the portal", customerId, async token => (await new Stripe.BillingPortal.SessionService(stripe.Client).CreateAsync(parameters, null, token)).Url, cancellationToken);
    }

    public Task<Uri?> OpenCheckoutAsync(WorkspaceId workspaceId, string customerId, Plan plan, bool billsBeyond, CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string> { [StripeSubscriptions.WorkspaceKey] = workspaceId.Value };
        var parameters = new Stripe.Checkout.SessionCreateOptions
        {
            Mode = "subscription",
            Customer = customerId,
            ClientReferenceId = workspaceId.Value,
            LineItems = [new() { Price = sold[plan], Quantity = 1 }, .. billsBeyond ? Metered() : []],
            SuccessUrl = $"{ReturnUrl()}?checkout=success",
            CancelUrl = $"{ReturnUrl()}?checkout=cancelled",
            Metadata = metadata,
            SubscriptionData = new() { Metadata = metadata },
        };
        return OpenAsync(
            "a checkout", customerId, async token => (await new Stripe.Checkout.SessionService(stripe.Client).CreateAsync(parameters, null, token)).Url, cancellationToken);
    }

    public Task ReportMinutesAsync(string customerId, long minutes, string identifier, DateTimeOffset at, CancellationToken cancellationToken) => stripe.AskAsync(
        "minutes",
        async token =>
        {
            var parameters = new Stripe.Billing.MeterEventCreateOptions
            {
                EventName = options.Value.Meter.EventName,
                Identifier = identifier,
                Timestamp = at.UtcDateTime,
                Payload = new() { [CustomerKey] = customerId, [ValueKey] = minutes.ToString(CultureInfo.InvariantCulture) },
            };
            try
            {
                await new Stripe.Billing.MeterEventService(stripe.Client).CreateAsync(parameters, null, token);
            }
            catch (StripeException refused) when (StripeConnection.IsOfKnownEvent(refused, identifier))
            {
                // An earlier request had come through, whatever became of its answer.
            }

            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<Subscription>> ReadSubscriptionsAsync(string customerId, CancellationToken cancellationToken) =>
        stripe.AskAsync("subscriptions", token => ListAsync(customerId, token), cancellationToken);

    public Result<ProviderEvent> ReadEvent(ReadOnlyMemory<byte> body, string? signature) =>
        StripeEvents.Read(body.Span, signature, options.Value.SigningSecret!, time.GetUtcNow());

    async Task<IReadOnlyList<Subscription>> ListAsync(string customerId, CancellationToken cancellationToken)
    {
        // The statement of all, for without it ended ones are left out, and one that has ended could not be told from one that was never there.
        var parameters = new SubscriptionListOptions { Customer = customerId, Status = "all", Limit = PageSize };
        var all = new List<Subscription>();
        try
        {
            await foreach (var each in new SubscriptionService(stripe.Client).ListAutoPagingAsync(parameters, cancellationToken: cancellationToken))
                all.Add(StripeSubscriptions.Of(each, plans));
        }
        catch (StripeException refused) when (StripeConnection.IsOfMissingCustomer(refused))
        {
            if (!await WasDeletedAsync(customerId, cancellationToken))
                throw;
            return [];
        }

        return all;
    }

    /// <remarks>
    /// That a customer is missing is also the answer to a key of another account, or of the other mode. Only whoever made the customer says that it was
    /// deleted, so nobody is taken for gone because of a wrong key, or because a copy of the database is tried out with a test key.
    /// </remarks>
    async Task<bool> WasDeletedAsync(string customerId, CancellationToken cancellationToken) =>
        (await new CustomerService(stripe.Client).GetAsync(customerId, null, null, cancellationToken)).Deleted == true;

    Task<Uri?> OpenAsync(string what, string customerId, Func<CancellationToken, Task<string?>> open, CancellationToken cancellationToken) => stripe.AskAsync(
        what,
        async token =>
        {
            try
            {
                return Page(await open(token));
            }
            catch (StripeException refused) when (StripeConnection.IsOfMissingCustomer(refused))
            {
                if (!await WasDeletedAsync(customerId, token))
                    throw;
                return null;
            }
        },
        cancellationToken);

    /// <summary>Of what is metered Stripe wants no quantity.</summary>
    IEnumerable<Stripe.Checkout.SessionLineItemOptions> Metered() => TakesMinutes ? [new() { Price = options.Value.Meter.Price }] : [];

    string ReturnUrl() => options.Value.ReturnUrl ?? urls.Of("").AbsoluteUri;

    /// <summary>An answer that lacks what it is about is no answer.</summary>
    static string Given(string? id) => string.IsNullOrEmpty(id) ? throw new UnavailableException("The payment provider's answer has no id.") : id;

    static Uri? Page(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme is "https" or "http"
        ? page
        : throw new UnavailableException("The payment provider's answer has no address.");
}
