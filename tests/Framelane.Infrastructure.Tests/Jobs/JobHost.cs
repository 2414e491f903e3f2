using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Domain.Common;
using Framelane.Domain.Jobs;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Tests.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Framelane.Infrastructure.Tests.Jobs;

/// <summary>What callers of the API do to jobs.</summary>
static class JobHost
{
    public static Task<JobId> SubmitJobAsync(this TestHost host, WorkspaceId workspaceId, DateTimeOffset now) =>
        host.SubmitJobAsync(workspaceId, now, ingests: false);

    public static async Task<JobId> SubmitJobAsync(this TestHost host, WorkspaceId workspaceId, DateTimeOffset now, bool ingests, params JobSource[] sources)
    {
        var job = Job.Submit(
            JobId.New(JobKind.Render, now), JobKind.Render, null, workspaceId, new Dictionary<string, string> { ["order"] = "7" }, "https://example.com/hook", [], ingests, now);
        await host.WriteAsync<Unit>((services, _) =>
        {
            services.GetRequiredService<IJobRepository>().Add(job, "{}"u8.ToArray(), sources);
            return Task.FromResult<Result<Unit>>(Unit.Value);
        });
        return job.Id;
    }

    public static async Task<Result<JobResponse>> CancelJobAsync(this TestHost host, WorkspaceId workspaceId, JobId id)
    {
        await using var scope = host.Scope();
        return await scope.ServiceProvider.GetRequiredService<ISender>().Send(new CancelJobCommand(workspaceId, JobKind.Render, id.Value));
    }

    public static Task<Job> FindJobAsync(this TestHost host, JobId id) => host.ReadAsync(db => db.Jobs.SingleAsync(job => job.Id == id));
}
