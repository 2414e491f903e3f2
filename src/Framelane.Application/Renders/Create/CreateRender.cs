using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Plans;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using MediatR;

namespace Framelane.Application.Renders.Create;

/// <param name="IsDraft">Whether the scene was made small for it.</param>
public sealed record CreateRenderCommand(Actor Actor, CreateRenderRequest Request, bool IsDraft = false) : IRequest<Result<JobResponse>>;

sealed class CreateRenderHandler(
    IUnitOfWork unitOfWork,
    IJobRepository jobs,
    JobSources assets,
    PlanGate plans,
    StorageGate storage,
    JobEvents events,
    JobViews views,
    IJobSignal workers,
    IAssetSignal assetWorkers,
    TimeProvider time)
    : IRequestHandler<CreateRenderCommand, Result<JobResponse>>
{
    public async Task<Result<JobResponse>> Handle(CreateRenderCommand command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        var document = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Options);
        var created = await unitOfWork.ExecuteAsync<JobResponse>(
            async token =>
            {
                var sources = SceneSources.Of(request);
                var found = await assets.FindAsync(command.Actor.WorkspaceId, request, token);
                if (!found.IsSuccess)
                    return found.Error;
                var reserved = await plans.AdmitAsync(command.Actor.WorkspaceId, request, token);
                if (!reserved.IsSuccess)
                    return reserved.Error;
                var ingested = request.IngestExternal == true ? assets.Ingest(command.Actor.WorkspaceId, sources) : [];
                if (ingested.Count > 0 && await storage.FindFaultAsync(command.Actor.WorkspaceId, token) is { } full)
                    return full;
                var now = time.GetUtcNow();
                var job = Job.Submit(
                    JobId.New(JobKind.Render, now),
                    JobKind.Render,
                    taskType: null,
                    command.Actor.WorkspaceId,
                    request.Metadata,
                    request.WebhookUrl,
                    warnings: [],
                    ingests: ingested.Count > 0,
                    now,
                    command.IsDraft,
                    reserved.Value);
                jobs.Add(job, document, [.. found.Value, .. ingested]);
                if (job.Status == JobStatus.Queued)
                    await events.AppendAsync(job, JobEvents.Queued, token);
                return views.Of(job);
            },
            cancellationToken);
        if (created.IsSuccess)
            workers.Wake();
        if (created is { IsSuccess: true, Value.Status: JobStatus.Ingesting })
            assetWorkers.Wake();
        return created;
    }
}
