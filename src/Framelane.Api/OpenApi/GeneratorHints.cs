using Microsoft.OpenApi;

namespace Framelane.Api.OpenApi;

/// <summary>Takes out what NSwag's own document has for generators alone (its <c>x-</c> extensions), and what it writes oddly.</summary>
sealed class GeneratorHints : OpenApiVisitorBase
{
    public static void Remove(OpenApiDocument document) => new OpenApiWalker(new GeneratorHints()).Walk(document);

    public override void Visit(IOpenApiExtensible openApiExtensible)
    {
        // A reference shows its target's extensions; the target is visited in its own place.
        if (openApiExtensible is not IOpenApiReferenceHolder)
            openApiExtensible.Extensions?.Clear();
    }

    public override void Visit(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own)
            return;
        if (own.Description == "")
            own.Description = null;
        // First, for what was read from 3.0 is kept as the minimum, and a mark that it is exclusive.
        own.ExclusiveMinimum = Whole(own.ExclusiveMinimum);
        own.Minimum = Whole(own.Minimum);
        own.Maximum = Whole(own.Maximum);
    }

    static string? Whole(string? number) => number?.EndsWith(".0", StringComparison.Ordinal) == true ? number[..^2] : number;
}
