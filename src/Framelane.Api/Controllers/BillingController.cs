using Framelane.Api.Conventions.Headers;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Api.Wire;
using Framelane.Application.Billing;
using Framelane.Application.Billing.Checkout;
using Framelane.Application.Billing.Portal;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/billing")]
[Tags("billing")]
[BillingPage]
[ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
public sealed class BillingController(ISender sender) : ApiController
{
    /// <summary>Open the billing portal</summary>
    /// <remarks>Where the workspace's people see invoices, change how they pay and end or change their subscription. Open it soon: it lives for a while only.</remarks>
    [HttpPost("portal", Name = "open_billing_portal")]
    [NoStore]
    [ProducesResponseType<BillingLinkResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    public async Task<ActionResult<BillingLinkResponse>> OpenPortal(CancellationToken cancellationToken) =>
        Answer(await sender.Send(new OpenPortalCommand(WorkspaceId), cancellationToken));

    /// <summary>Subscribe to a plan</summary>
    /// <remarks>The plan changes once the payment provider says that the subscription runs, mostly seconds after it was paid.</remarks>
    /// <response code="409">The workspace has a subscription already, which is changed in the portal.</response>
    [HttpPost("checkout", Name = "open_checkout")]
    [NoStore]
    [ProducesResponseType<BillingLinkResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<HTTPValidationError>(StatusCodes.Status422UnprocessableEntity)]
    public async Task<ActionResult<BillingLinkResponse>> OpenCheckout(OpenCheckoutRequest request, CancellationToken cancellationToken) =>
        Answer(await sender.Send(new OpenCheckoutCommand(WorkspaceId, request), cancellationToken));
}
