using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Capabilities;
using Framelane.Application.Capabilities;
using Framelane.Application.Capabilities.Get;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace Framelane.Api.Controllers;

[Route("v1/capabilities")]
[Tags("capabilities")]
[AllowAnonymous]
[ApiController]
public sealed class CapabilitiesController(CapabilityDocument document, ISender sender) : ControllerBase
{
    /// <summary>What this installation can do</summary>
    /// <remarks>
    /// Needs no key. The numbers and names are the ones that requests are validated against. With a key, the fonts that were uploaded to its
    /// workspace are among the fonts.
    /// </remarks>
    /// <response code="200">The catalogue.</response>
    /// <response code="304">It has not changed since the <c>ETag</c> given in <c>If-None-Match</c>.</response>
    [HttpGet(Name = "get_capabilities")]
    [Produces("application/json")]
    [ProducesResponseType<CapabilityCatalogue>(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<ActionResult> Get(CancellationToken cancellationToken)
    {
        Response.Headers.Vary = HeaderNames.Authorization;
        if (HttpContext.CallingWorkspace() is not { } workspaceId)
        {
            // A key that is not known now may be right a moment later, and then its workspace's fonts are among them.
            Response.Headers.CacheControl = Request.Headers.Authorization.Count > 0 ? "private, no-store" : "public, max-age=300";
            return Answer(document);
        }

        Response.Headers.CacheControl = "private, no-cache";
        return Answer(document.Of(await sender.Send(new GetCapabilitiesQuery(workspaceId), cancellationToken)));
    }

    FileContentResult Answer(CapabilityDocument answer) => File(answer.Utf8, "application/json", lastModified: null, answer.ETag);
}
