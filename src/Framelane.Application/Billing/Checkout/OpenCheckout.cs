using Framelane.Application.Abstractions;
using Framelane.Application.Plans;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Billing.Checkout;

public sealed record OpenCheckoutRequest
{
    /// <summary>One that can be bought: `accounts` of `GET /v1/capabilities` names them.</summary>
    public required Plan Plan { get; init; }
}

/// <summary>Where the workspace's people subscribe to a plan.</summary>
public sealed record OpenCheckoutCommand(WorkspaceId WorkspaceId, OpenCheckoutRequest Request) : IRequest<Result<BillingLinkResponse>>;

sealed class OpenCheckoutHandler(
    IUnitOfWork unitOfWork,
    IBillingProvider provider,
    BillingCustomers customers,
    IdempotencyContext idempotency,
    IOptions<PlanOptions> plans) : IRequestHandler<OpenCheckoutCommand, Result<BillingLinkResponse>>
{
    public async Task<Result<BillingLinkResponse>> Handle(OpenCheckoutCommand command, CancellationToken cancellationToken)
    {
        if (!provider.IsConfigured)
            return BillingErrors.NotConfigured;
        if (!provider.Plans.Contains(command.Request.Plan))
            return BillingErrors.NotSold(provider.Plans);
        var claim = idempotency.SetAside();
        var page = await customers.OpenAsync(command.WorkspaceId, customer => OpenAsync(command, customer, cancellationToken), cancellationToken);
        if (!page.IsSuccess)
            return page.Error;
        idempotency.Claim = claim;
        return await unitOfWork.AnswerAsync(new BillingLinkResponse { Url = page.Value }, claim, cancellationToken);
    }

    async Task<Result<Uri?>> OpenAsync(OpenCheckoutCommand command, string customer, CancellationToken cancellationToken)
    {
        // Asked there and not of the workspace: who has just paid may be here before the event is, and must not pay twice. Of any plan, for
        // a checkout would add a second subscription and not change the first; also of a price that is not sold any more.
        var subscriptions = await provider.ReadSubscriptionsAsync(customer, cancellationToken);
        if (subscriptions.Any(each => each is { IsLive: true, IsOfPlan: true }))
            return BillingErrors.Subscribed;

        var plan = command.Request.Plan;
        return await provider.OpenCheckoutAsync(
            command.WorkspaceId, customer, plan, plans.Value.Of(plan).BilledBeyondMilliseconds is not null, cancellationToken);
    }
}
