using System.Text.Json;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using MediatR;

namespace Framelane.Application.Renders.Create;

public sealed record CreateRenderCommand(Actor Actor, CreateRenderRequest Request) : IRequest<Result<JobResponse>>;

sealed class CreateRenderHandler(IUnitOfWork unitOfWork, IJobRepository jobs, JobEvents events, JobViews views, IJobSignal workers, TimeProvider time)
    : IRequestHandler<CreateRenderCommand, Result<JobResponse>>
{
    public async Task<Result<JobResponse>> Handle(CreateRenderCommand command, CancellationToken cancellationToken)
    {
        var request = command.Request;
        var document = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Options);
        var created = await unitOfWork.ExecuteAsync<JobResponse>(
            async token =>
            {
                var now = time.GetUtcNow();
                var job = Job.Submit(
                    JobId.New(JobKind.Render, now),
                    JobKind.Render,
                    taskType: null,
                    command.Actor.WorkspaceId,
                    request.Metadata,
                    request.WebhookUrl,
                    warnings: [],
                    ingests: request.IngestExternal == true,
                    now);
                jobs.Add(job, document);
                if (job.Status == JobStatus.Queued)
                    await events.AppendAsync(job, JobEvents.Queued, token);
                return views.Of(job);
            },
            cancellationToken);
        if (created.IsSuccess)
            workers.Wake();
        return created;
    }
}
