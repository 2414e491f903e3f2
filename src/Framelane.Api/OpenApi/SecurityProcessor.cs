using Microsoft.AspNetCore.Authorization;
using NSwag;
using NSwag.Generation.AspNetCore;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Framelane.Api.OpenApi;

/// <summary>Says which operations need a key.</summary>
sealed class SecurityProcessor : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        if (NeedsKey(context))
            context.OperationDescription.Operation.Security = [new OpenApiSecurityRequirement { [OpenApiRegistration.SecurityScheme] = [] }];
        return true;
    }

    public static bool NeedsKey(OperationProcessorContext context) =>
        !((AspNetCoreOperationProcessorContext)context).ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any();
}
