using Framelane.Api.Controllers;
using Microsoft.AspNetCore.Mvc.ApplicationModels;

namespace Framelane.Api.Hosting;

/// <summary>A process without the role <c>api</c> answers its probes and nothing else.</summary>
sealed class ProbesOnly : IApplicationModelConvention
{
    public void Apply(ApplicationModel application)
    {
        foreach (var controller in application.Controllers.Where(controller => controller.ControllerType.AsType() != typeof(SystemController)).ToList())
            application.Controllers.Remove(controller);
    }
}
