using Framelane.Api.Conventions.Billing;
using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Api.Wire;
using Framelane.Application.Billing.Events;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/billing/events")]
[Tags("billing")]
[AllowAnonymous]
[Unmetered]
[ApiController]
[Produces("application/json")]
public sealed class BillingEventsController(ISender sender) : ControllerBase
{
    /// <summary>Receive an event of the payment provider</summary>
    /// <remarks>
    /// For the provider alone, whose signature is in `Stripe-Signature`. What an event says is a hint: the subscription is read anew, and
    /// that state is written. Sent again, an event changes nothing; of a type that means nothing here, neither.
    /// </remarks>
    /// <response code="400">It is not signed, or was more than 5 minutes ago.</response>
    /// <response code="503">Nothing was kept of it: to be sent again. Or there is no billing.</response>
    [HttpPost(Name = "receive_billing_event")]
    [SignedByProvider]
    [ProducesResponseType<BillingEventResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status409Conflict)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status413PayloadTooLarge)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<BillingEventResponse>> Receive(CancellationToken cancellationToken)
    {
        var result = await sender.Send(new ReceiveBillingEventCommand(HttpContext.ProviderEvent()), cancellationToken);
        return result.IsSuccess ? result.Value : new ErrorResult(result.Error);
    }
}
