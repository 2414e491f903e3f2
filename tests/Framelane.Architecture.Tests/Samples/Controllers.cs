// One controller for each way of being fat, and a thin one.
using Framelane.Application.Abstractions;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Architecture.Tests.Samples;

public sealed class ThinController(ISender sender, IHttpContextAccessor accessor) : ControllerBase
{
    public object Both => (sender, accessor);
}

public sealed class FatController(ISender sender, IWorkspaceRepository workspaces) : ControllerBase
{
    public object Both => (sender, workspaces);
}

public sealed class ActionFatController : ControllerBase
{
    public string Get([FromServices] IWorkspaceRepository workspaces) => HttpContext.TraceIdentifier + workspaces;
}

public sealed class LocatingController : ControllerBase
{
    public object? Get() => HttpContext.RequestServices.GetService(typeof(IWorkspaceRepository));
}
