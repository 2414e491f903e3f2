using System.Text.RegularExpressions;
using Framelane.Application.Renders.Preview;
using NSwag;
using NSwag.Generation;

namespace Framelane.Api.OpenApi;

/// <summary>
/// <c>--write-openapi path</c> writes the document that the client is generated from and starts nothing: NSwag's own 3.0, which its
/// generator reads, with operations named as C# names methods.
/// </summary>
public static partial class ClientDocument
{
    const string Switch = "write-openapi";

    /// <returns>Whether the switch was given, and so all is done.</returns>
    public static async Task<bool> TryWriteAsync(WebApplication app)
    {
        if (app.Configuration[Switch] is not { Length: > 0 } path)
            return false;

        var document = await MakeAsync(app.Services.GetRequiredService<IOpenApiDocumentGenerator>());
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        await File.WriteAllTextAsync(path, document.ToJson());
        return true;
    }

    /// <remarks>The generator knows one kind of success for each route, and has a method throw what else was made: the client has drafts written by hand.</remarks>
    static void MakePreviewsPictures(OpenApiDocument document)
    {
        document.Components.Schemas[nameof(PreviewType)].Enumeration.Remove("draft");
        var preview = document.Operations.Single(operation => operation.Operation.OperationId == "PreviewRender").Operation;
        preview.Responses.Remove("202");
        preview.Responses["200"].Description = WithoutDrafts(preview.Responses["200"].Description);
        preview.Description = $"{WithoutDrafts(preview.Description)} A draft is made by `DraftRenderAsync`.";
        foreach (var parameter in preview.Parameters)
            parameter.Description = WithoutDrafts(parameter.Description);
    }

    static string? WithoutDrafts(string? description) => description is null ? null : SentenceOnDrafts().Replace(description, "").Trim();

    [GeneratedRegex(@"[^.]*\bdrafts?\b[^.]*\.", RegexOptions.IgnoreCase)]
    private static partial Regex SentenceOnDrafts();

    internal static async Task<OpenApiDocument> MakeAsync(IOpenApiDocumentGenerator generator)
    {
        var document = await generator.GenerateAsync(OpenApiRegistration.DocumentName);
        // Whoever follows redirects never sees them: the client has downloads written by hand.
        foreach (var redirect in document.Paths.Where(path => path.Value.Values.Any(operation => operation.Responses.ContainsKey("302"))).ToArray())
            document.Paths.Remove(redirect.Key);
        foreach (var operation in document.Operations)
            operation.Operation.OperationId = Titles.Of(operation.Operation.OperationId).Replace(" ", "", StringComparison.Ordinal);
        // A choice of plain types becomes a class in C#, which no text can be read into; any value at all is read well.
        document.Components.Schemas[nameof(Wire.ValidationError)].Properties["loc"].Item!.AnyOf.Clear();
        SceneElementUnion.Inherit(document);
        MakePreviewsPictures(document);
        return document;
    }
}
