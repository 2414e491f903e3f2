using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Jobs;

/// <summary>Jobs of one kind, newest first.</summary>
public sealed record ListJobsQuery(WorkspaceId WorkspaceId, JobFilter Filter, PageRequest Page) : IRequest<Page<JobResponse>>;

sealed class ListJobsHandler(IJobRepository jobs, JobViews views) : IRequestHandler<ListJobsQuery, Page<JobResponse>>
{
    public async Task<Page<JobResponse>> Handle(ListJobsQuery query, CancellationToken cancellationToken) =>
        (await jobs.ListAsync(query.WorkspaceId, query.Filter, query.Page, cancellationToken)).Select(views.Of);
}
