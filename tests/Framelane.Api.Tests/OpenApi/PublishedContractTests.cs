using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Framelane.Api.Tests.OpenApi;

/// <summary>The published operation must be found in the served document, unchanged in meaning.</summary>
public sealed class PublishedContractTests
{
    // What is published is the operation and its schemas, not a whole document.
    const string Head = "openapi: 3.1.0\ninfo: {title: Framelane API, version: '1'}\n";

    static JsonObject published = null!;

    [OneTimeSetUp]
    public static async Task ReadAsync()
    {
        using var resource = new StreamReader(typeof(PublishedContractTests).Assembly.GetManifestResourceStream("rotate-secret.openapi.yaml")!);
        var settings = new OpenApiReaderSettings();
        settings.AddYamlReader();
        var (document, diagnostic) = OpenApiDocument.Parse(Head + await resource.ReadToEndAsync(), OpenApiConstants.Yaml, settings);
        Assert.That(diagnostic!.Errors, Is.Empty);
        published = JsonNode.Parse(await document!.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1))!.AsObject();
    }

    [Test]
    public void Published_operation_is_served_unchanged() =>
        Assert.That(Differences.Of(published["paths"]!, OpenApiHost.Document["paths"]!, "paths"), Is.Empty);

    [TestCase("WebhookRotateResponse")]
    [TestCase("HTTPValidationError")]
    [TestCase("ValidationError")]
    public void Published_schema_is_served_to_the_letter(string name)
    {
        var expected = published["components"]!["schemas"]![name]!;
        var served = OpenApiHost.Schema(name);

        Assert.That(Differences.Of(expected, served, name), Is.Empty);
        Assert.That(Differences.Of(WithoutDescriptions(served), expected, name), Is.Empty, "what is served and was not published");
    }

    [Test]
    public void Published_security_scheme_is_served() =>
        Assert.That(
            Differences.Of(published["components"]!["securitySchemes"]!, OpenApiHost.Document["components"]!["securitySchemes"]!, "securitySchemes"),
            Is.Empty);

    [Test]
    public void Published_document_was_read_whole() => Assert.Multiple(() =>
    {
        Assert.That(published["paths"]!.AsObject().Single().Value!["post"]!["responses"]!.AsObject(), Has.Count.EqualTo(4));
        Assert.That(published["components"]!["schemas"]!.AsObject(), Has.Count.EqualTo(3));
    });

    static JsonNode WithoutDescriptions(JsonNode node)
    {
        var copy = node.DeepClone();
        Remove(copy);
        return copy;

        static void Remove(JsonNode? node)
        {
            if (node is JsonArray array)
            {
                foreach (var item in array)
                    Remove(item);
            }
            else if (node is JsonObject o)
            {
                if (o["description"] is JsonValue)
                    o.Remove("description");
                foreach (var (_, value) in o)
                    Remove(value);
            }
        }
    }
}
