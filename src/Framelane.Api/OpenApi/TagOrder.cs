using NSwag;
using NSwag.Generation.Processors;
using NSwag.Generation.Processors.Contexts;

namespace Framelane.Api.OpenApi;

/// <summary>Brings tags and paths into the contract's order. Tags of which nothing is served yet are left out.</summary>
sealed class TagOrder : IDocumentProcessor
{
    static readonly (string Name, string Description)[] Tags =
    [
        ("capabilities", "What this installation can do, and within which limits."),
        ("renders", "Videos and images rendered from a scene."),
        ("tasks", "Single steps of media work."),
        ("uploads", "Sources brought into storage."),
        ("webhooks", "Endpoints that events are sent to, the secret that signs them, and what was delivered."),
        ("workspace", "The workspace that the API key belongs to."),
        ("api-keys", "The workspace's API keys."),
        ("auth", "Sessions of the console."),
        ("signup", "New workspaces."),
        ("billing", "Plan and payment."),
        ("system", "Probes."),
    ];

    public void Process(DocumentProcessorContext context)
    {
        var document = context.Document;
        var used = document.Operations.SelectMany(operation => operation.Operation.Tags).ToHashSet();
        document.Tags = [.. Tags.Where(tag => used.Contains(tag.Name)).Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description })];

        var paths = document.Paths.OrderBy(path => Rank(path.Value)).ThenBy(path => path.Key, StringComparer.Ordinal).ToArray();
        document.Paths.Clear();
        foreach (var (path, item) in paths)
            document.Paths.Add(path, item);
    }

    static int Rank(OpenApiPathItem item)
    {
        var tag = item.Values.First().Tags.First();
        return Array.FindIndex(Tags, known => known.Name == tag);
    }
}
