using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Jobs;

namespace Framelane.Infrastructure.Jobs;

/// <summary>Renders: gathers the sources, has the engine render, and puts what it made into storage.</summary>
sealed class RenderRunner(SceneFiles files, IRenderEngine engine, IRenderCache cache, IObjectStorage storage) : IJobRunner
{
    /// <summary>Of a job's progress, what fetching counts for, and what is reached when the engine is done.</summary>
    const int Fetched = 10, Rendered = 95;

    const string DefaultName = "render";

    public static readonly RenderLimits Limits = new(OutputDuration: TimeSpan.FromSeconds(CreateRenderRequest.MaxSeconds), OutputBytes: 20L << 30);

    public bool Handles(ClaimedJob job) => job.Kind == JobKind.Render;

    public async Task<JobResult> RunAsync(ClaimedJob job, string folder, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var scene = JsonSerializer.Deserialize<CreateRenderRequest>(job.Request, WireJson.Options)!;
        await DropEarlierAsync(job, scene, cancellationToken);
        var order = await files.OrderAsync(
            scene, job.WorkspaceId, job.Sources, folder, Limits, (count, all) => progress.Report(new(JobStage.Downloading, Fetched * count / all)), cancellationToken);
        var key = RenderFiles.KeyOf(job.WorkspaceId, job.Id, job.Fence, scene.OutputFormat);
        var name = (scene.OutputFilename is { Length: > 0 } given ? given : DefaultName) + RenderFiles.ExtensionOf(scene.OutputFormat);
        var contentKey = await cache.KeyOfAsync(order, cancellationToken);
        if (contentKey is not null && await cache.TakeAsync(job.WorkspaceId, contentKey, key, cancellationToken) is { } made)
            return made with { Output = made.Output with { Filename = name } };

        var output = await engine.RenderAsync(order, new EngineProgress(progress), cancellationToken);
        progress.Report(new(JobStage.Uploading, Rendered));
        await storage.PutAsync(key, output.Path, output.ContentType, cancellationToken);
        return new(new(key, name, output.ContentType, output.Width, output.Height, output.Duration, output.SizeBytes), output.Warnings, contentKey);
    }

    public Task DiscardAsync(JobResult result) => storage.DeleteAsync(result.Output.Key, CancellationToken.None);

    /// <summary>A worker that died after it had put its file, and before it could say so, left one that no job has.</summary>
    async Task DropEarlierAsync(ClaimedJob job, CreateRenderRequest scene, CancellationToken cancellationToken)
    {
        for (var fence = 1; fence < job.Fence; fence++)
            await storage.DeleteAsync(RenderFiles.KeyOf(job.WorkspaceId, job.Id, fence, scene.OutputFormat), cancellationToken);
    }

    /// <summary>The engine's progress as a part of the job's.</summary>
    sealed class EngineProgress(IProgress<JobProgress> job) : IProgress<RenderProgress>
    {
        public void Report(RenderProgress value) => job.Report(new(
            value.Stage == RenderStage.Compositing ? JobStage.Compositing : JobStage.Encoding,
            Fetched + (int)((Rendered - Fetched) * Math.Clamp(value.Percent, 0, 100) / 100)));
    }
}
