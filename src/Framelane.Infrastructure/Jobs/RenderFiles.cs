using System.Text.Json;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;

namespace Framelane.Infrastructure.Jobs;

/// <summary>Where renders lie in storage.</summary>
static class RenderFiles
{
    /// <summary>By the fence of its run: a worker that lost its lease writes nothing that another's job shows.</summary>
    public static string KeyOf(WorkspaceId workspaceId, JobId id, long fence, OutputFormat format) => $"{workspaceId}/{id}-{fence}{ExtensionOf(format)}";

    public static string ExtensionOf(OutputFormat format) => "." + WireNames.Of(format);

    /// <summary>All that runs of a job may have put there, but what it has.</summary>
    /// <param name="request">What was asked for, as JSON in UTF-8.</param>
    public static IEnumerable<string> LeftoversOf(Job job, byte[] request)
    {
        var format = JsonSerializer.Deserialize<Asked>(request, WireJson.Options)!.OutputFormat;
        for (var fence = 1; fence <= job.Fence; fence++)
        {
            var key = KeyOf(job.WorkspaceId, job.Id, fence, format);
            if (key != job.Output?.Key)
                yield return key;
        }
    }

    /// <summary>Of a request, what its files' names depend on.</summary>
    sealed record Asked
    {
        public OutputFormat OutputFormat { get; init; }
    }
}
