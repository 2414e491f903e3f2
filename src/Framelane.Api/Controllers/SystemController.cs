using Framelane.Api.Conventions.Errors;
using Framelane.Api.Conventions.RateLimiting;
using Framelane.Api.Wire;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Framelane.Api.Controllers;

[Route("")]
[Tags("system")]
[AllowAnonymous]
[Unmetered]
[ApiController]
[Produces("application/json")]
public sealed class SystemController(HealthCheckService checks, BuildInfo build) : ControllerBase
{
    /// <summary>Whether the process is up</summary>
    [HttpGet("health", Name = "get_health")]
    [ProducesResponseType<HealthResponse>(StatusCodes.Status200OK)]
    public HealthResponse GetHealth() => new("ok");

    /// <summary>Whether it can serve</summary>
    /// <response code="503">What it needs does not answer; <c>details.failing</c> names it.</response>
    [HttpGet("ready", Name = "get_ready")]
    [ProducesResponseType<ReadyResponse>(StatusCodes.Status200OK)]
    [ProducesResponseType<ErrorResponse>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<ActionResult<ReadyResponse>> GetReady(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        string[] failing = [.. Of(HealthStatus.Unhealthy)];
        return failing.Length == 0
            ? new ReadyResponse("ready", [.. report.Entries.Keys], [.. Of(HealthStatus.Degraded)])
            : new ErrorResult(ApiErrors.NotReady(failing));

        IEnumerable<string> Of(HealthStatus status) => report.Entries.Where(entry => entry.Value.Status == status).Select(entry => entry.Key);
    }

    /// <summary>What was built, and when</summary>
    [HttpGet("version", Name = "get_version")]
    [ProducesResponseType<VersionResponse>(StatusCodes.Status200OK)]
    public VersionResponse GetVersion() => build.Version;
}
