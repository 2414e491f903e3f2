using Framelane.Api.Conventions.Capabilities;
using Framelane.Application.Capabilities;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Controllers;

[Route("v1/capabilities")]
[Tags("capabilities")]
[AllowAnonymous]
[ApiController]
public sealed class CapabilitiesController(CapabilityDocument document) : ControllerBase
{
    /// <summary>What this installation can do</summary>
    /// <remarks>Needs no key. The numbers and names are the ones that requests are validated against.</remarks>
    /// <response code="200">The catalogue.</response>
    /// <response code="304">It has not changed since the <c>ETag</c> given in <c>If-None-Match</c>.</response>
    [HttpGet(Name = "get_capabilities")]
    [Produces("application/json")]
    [ProducesResponseType<CapabilityCatalogue>(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public ActionResult Get()
    {
        Response.Headers.CacheControl = "public, max-age=300";
        return File(document.Utf8, "application/json", lastModified: null, document.ETag);
    }
}
