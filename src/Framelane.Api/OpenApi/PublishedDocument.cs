using System.Security.Cryptography;
using Microsoft.OpenApi;
using NSwag.Generation;

namespace Framelane.Api.OpenApi;

/// <summary>The document as it is served: NSwag's, which is OpenAPI 3.0, read and written again as 3.1 with what 3.0 cannot say. Made once.</summary>
sealed class PublishedDocument
{
    readonly Lazy<Task<(byte[] Utf8, string ETag)>> made;

    public PublishedDocument(IOpenApiDocumentGenerator generator) => made = new(() => MakeAsync(generator));

    public Task<(byte[] Utf8, string ETag)> GetAsync() => made.Value;

    static async Task<(byte[] Utf8, string ETag)> MakeAsync(IOpenApiDocumentGenerator generator)
    {
        var source = await generator.GenerateAsync(OpenApiRegistration.DocumentName);
        var (document, diagnostic) = OpenApiDocument.Parse(source.ToJson(), OpenApiConstants.Json);
        if (document is null || diagnostic is { Errors.Count: > 0 })
            throw new InvalidOperationException($"NSwag's document cannot be read: {string.Join("; ", diagnostic?.Errors ?? [])}");

        GeneratorHints.Remove(document);
        ResponseHeaders.Add(document);
        EventWebhooks.Add(document);

        using var output = new MemoryStream();
        await document.SerializeAsJsonAsync(output, OpenApiSpecVersion.OpenApi3_1);
        var utf8 = output.ToArray();
        return (utf8, $"\"{Convert.ToHexStringLower(SHA256.HashData(utf8).AsSpan(0, 16))}\"");
    }
}
