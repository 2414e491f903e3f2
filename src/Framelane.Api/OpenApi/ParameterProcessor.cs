using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Framelane.Api.OpenApi;

/// <summary>Gives parameters their titles. A parameter that may be left out is not one that may be null.</summary>
sealed class ParameterProcessor : IOperationProcessor
{
    public bool Process(OperationProcessorContext context)
    {
        foreach (var parameter in context.OperationDescription.Operation.Parameters)
        {
            if (parameter.Kind == OpenApiParameterKind.Body || parameter.Schema is null)
                continue;
            parameter.Schema.IsNullableRaw = null;
            if (parameter.Schema.OneOf.Count == 1)
            {
                parameter.Schema.Reference = parameter.Schema.OneOf.Single().ActualSchema;
                parameter.Schema.OneOf.Clear();
            }

            if (parameter.Schema.Reference is null)
                parameter.Schema.Title = Titles.Of(parameter.Name);
        }

        return true;
    }
}
