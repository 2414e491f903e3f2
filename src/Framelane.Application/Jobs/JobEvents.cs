using Framelane.Application.Abstractions;
using Framelane.Domain.Jobs;

namespace Framelane.Application.Jobs;

/// <summary>Tells a job's owner what became of it, in the transaction of the change.</summary>
public sealed class JobEvents(IEventOutbox outbox, JobViews views)
{
    public const string Queued = "queued";
    public const string Processing = "processing";
    public const string Progress = "progress";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <param name="what">One of the names above.</param>
    public Task AppendAsync(Job job, string what, CancellationToken cancellationToken)
    {
        var kind = job.Kind == JobKind.Render ? "render" : "task";
        return outbox.AppendAsync(
            new(job.WorkspaceId, $"{kind}.{what}", job.Id.Value, job.NextSequence(), views.Of(job), job.Metadata, job.WebhookUrl),
            cancellationToken);
    }
}
