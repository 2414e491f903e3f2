using NJsonSchema;
using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Framelane.Api.OpenApi;

/// <summary>Every POST takes an <c>Idempotency-Key</c> (contract/api.md, "Idempotency").</summary>
sealed class IdempotencyKeyProcessor : IOperationProcessor
{
    public const string HeaderName = "Idempotency-Key";

    public bool Process(OperationProcessorContext context)
    {
        if (context.OperationDescription.Method != OpenApiOperationMethod.Post)
            return true;
        context.OperationDescription.Operation.Parameters.Add(new OpenApiParameter
        {
            Name = HeaderName,
            OriginalName = "idempotencyKey",
            Kind = OpenApiParameterKind.Header,
            IsRequired = false,
            Description =
                "Makes a retry safe: the same key with the same body answers the first answer again, with status 200, for 24 hours, and "
                + "does nothing twice. With another body it is a 409.",
            Schema = new JsonSchema
            {
                Type = JsonObjectType.String,
                Title = Titles.Of(HeaderName),
                MinLength = 1,
                MaxLength = 255,
                Pattern = "^[ -~]+$",
            },
        });
        return true;
    }
}
