using Framelane.Client;

namespace Framelane.Api.Tests.OpenApi;

public sealed class ClientDocumentTests
{
    /// <remarks>The generated client has one kind of success for each route, and throws at any other: what was made would be made again.</remarks>
    [Test]
    public void Each_operation_succeeds_in_one_way()
    {
        var ways = OpenApiHost.ClientDocument.Operations.Select(operation => (
            operation.Operation.OperationId,
            Kinds: operation.Operation.Responses
                .Where(response => response.Key.StartsWith('2'))
                .SelectMany(response => response.Value.Content.Select(content => $"{content.Key} {content.Value.Schema.ActualSchema.Title}"))
                .Distinct()
                .ToArray()));

        Assert.That(ways.Where(way => way.Kinds.Length > 1), Is.Empty);
    }

    [Test]
    public void A_preview_of_the_client_is_a_picture()
    {
        var preview = OpenApiHost.ClientDocument.Operations.Single(operation => operation.Operation.OperationId == nameof(FramelaneClient.PreviewRenderAsync)[..^"Async".Length]).Operation;

        Assert.That(OpenApiHost.ClientDocument.Components.Schemas[nameof(PreviewType)].Enumeration, Is.EqualTo(new[] { "frame", "contact_sheet" }));
        Assert.That(Enum.GetNames<PreviewType>(), Is.EqualTo(new[] { "Frame", "ContactSheet" }));
        Assert.That(preview.Parameters.Select(parameter => parameter.Description).Append(preview.Responses["200"].Description), Has.None.Contains("raft"));
        Assert.That(preview.Description, Does.EndWith($"A draft is made by `{nameof(FramelaneClient.DraftRenderAsync)}`."));
    }
}
