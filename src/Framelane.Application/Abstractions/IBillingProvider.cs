using Framelane.Application.Billing.Events;
using Framelane.Domain.Billing;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>Who takes the payments. What it cannot do at the moment is an <see cref="UnavailableException"/> that holds nothing of its own words.</summary>
public interface IBillingProvider
{
    /// <summary>Whether there is one; else nothing but this, <see cref="TakesMinutes"/> and <see cref="Plans"/> may be called.</summary>
    bool IsConfigured { get; }

    /// <summary>Whether minutes beyond a plan's can be reported, to be billed one by one.</summary>
    bool TakesMinutes { get; }

    /// <summary>The plans that can be bought.</summary>
    IReadOnlyCollection<Plan> Plans { get; }

    /// <summary>Makes the workspace's customer; asked twice, or twice at once, it is one customer all the same.</summary>
    /// <param name="formerId">The id of the one in whose place it comes, who is no more; null for the first one.</param>
    /// <returns>Its id.</returns>
    Task<string> CreateCustomerAsync(WorkspaceId workspaceId, string? formerId, CancellationToken cancellationToken);

    /// <summary>Ends all that the customer pays for, at once, and has the provider forget it. One that is gone already stays so.</summary>
    Task DeleteCustomerAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>The address of a page on which the customer sees and changes what it pays for. Whoever has it gets in.</summary>
    /// <returns>Null where the customer was deleted there. One that was never there is a failure: the provider that is asked may be the wrong one.</returns>
    Task<Uri?> OpenPortalAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>The address of a page on which the customer subscribes to the plan.</summary>
    /// <param name="plan">One of <see cref="Plans"/>.</param>
    /// <param name="billsBeyond">Whether minutes beyond the plan's are billed too, where they can be reported.</param>
    /// <returns>Null where the customer was deleted there. One that was never there is a failure: the provider that is asked may be the wrong one.</returns>
    Task<Uri?> OpenCheckoutAsync(WorkspaceId workspaceId, string customerId, Plan plan, bool billsBeyond, CancellationToken cancellationToken);

    /// <summary>Reports minutes to be billed. Returns once the provider has them, now or from before.</summary>
    /// <param name="identifier">Reports of the same name are one, within the time for which the provider remembers it: a day at least.</param>
    /// <param name="at">When they were used; at most 35 days ago.</param>
    Task ReportMinutesAsync(string customerId, long minutes, string identifier, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>All subscriptions of the customer as they are now, ended ones too; none for a customer that is no more.</summary>
    Task<IReadOnlyList<Subscription>> ReadSubscriptionsAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>Reads an event that the provider has signed lately, or says why it is none.</summary>
    /// <param name="body">As it came, byte for byte.</param>
    Result<ProviderEvent> ReadEvent(ReadOnlyMemory<byte> body, string? signature);
}
