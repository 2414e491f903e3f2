using Framelane.Domain.Jobs;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using DomainJob = Framelane.Domain.Jobs.Job;

namespace Framelane.Infrastructure.Tests.Persistence;

/// <summary>Renders that have completed, and their lines of the ledger.</summary>
static class Rendered
{
    public static UsageEntry Of(WorkspaceId workspaceId, double seconds, DateTimeOffset at) => UsageEntry.OfCompleted(Job(workspaceId, seconds, at))!;

    public static DomainJob Job(WorkspaceId workspaceId, double seconds, DateTimeOffset at)
    {
        var job = DomainJob.Submit(JobId.New(JobKind.Render, at), JobKind.Render, null, workspaceId, new Dictionary<string, string>(), null, [], ingests: false, at);
        job.Claim(TimeSpan.FromMinutes(1), at);
        job.Complete(new("key", "a.mp4", "video/mp4", 64, 32, seconds, 1000), [], at);
        return job;
    }
}
