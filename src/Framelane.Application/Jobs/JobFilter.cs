using Framelane.Domain.Jobs;

namespace Framelane.Application.Jobs;

/// <param name="Status">Null for all.</param>
/// <param name="TaskType">Null for all.</param>
public sealed record JobFilter(JobKind Kind, JobStatus? Status = null, TaskType? TaskType = null);
