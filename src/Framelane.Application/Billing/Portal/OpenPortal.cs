using Framelane.Application.Abstractions;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Billing.Portal;

/// <summary>Where the workspace's people see their invoices and change what they pay for.</summary>
public sealed record OpenPortalCommand(WorkspaceId WorkspaceId) : IRequest<Result<BillingLinkResponse>>;

sealed class OpenPortalHandler(IUnitOfWork unitOfWork, IBillingProvider provider, BillingCustomers customers, IdempotencyContext idempotency)
    : IRequestHandler<OpenPortalCommand, Result<BillingLinkResponse>>
{
    public async Task<Result<BillingLinkResponse>> Handle(OpenPortalCommand command, CancellationToken cancellationToken)
    {
        if (!provider.IsConfigured)
            return BillingErrors.NotConfigured;
        var claim = idempotency.SetAside();
        var page = await customers.OpenAsync(command.WorkspaceId, async customer => await provider.OpenPortalAsync(customer, cancellationToken), cancellationToken);
        if (!page.IsSuccess)
            return page.Error;
        idempotency.Claim = claim;
        return await unitOfWork.AnswerAsync(new BillingLinkResponse { Url = page.Value }, claim, cancellationToken);
    }
}
