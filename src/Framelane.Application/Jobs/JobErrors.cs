using Framelane.Domain.Common;
using Framelane.Domain.Jobs;

namespace Framelane.Application.Jobs;

static class JobErrors
{
    /// <summary>Retention took it.</summary>
    public static readonly Error OutputRemoved = new("not_found", "The output is no longer kept.");

    public static Error NotFound(JobKind kind) => Error.NotFound(kind == JobKind.Render ? "Render" : "Task");

    public static Error NotCancellable(JobStatus status) =>
        new("not_cancellable", $"The job is {status.ToString().ToLowerInvariant()} already.");

    public static Error NotReady(JobStatus status) =>
        new("not_ready", $"There is nothing to download: the job is {status.ToString().ToLowerInvariant()}.");
}
