using Framelane.Domain.Jobs;

namespace Framelane.Application.Abstractions;

public interface IOpenJobs
{
    /// <summary>Those of them that are not terminal. What is not there any more is none of them.</summary>
    Task<IReadOnlyCollection<JobId>> FindAsync(IReadOnlyCollection<JobId> jobIds, CancellationToken cancellationToken);
}
