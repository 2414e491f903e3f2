namespace Framelane.Infrastructure.Jobs;

/// <summary>Does the work of one kind of job.</summary>
interface IJobRunner
{
    bool Handles(ClaimedJob job);

    /// <param name="folder">The run's own, removed after it.</param>
    /// <exception cref="Application.Abstractions.MediaException">The job fails, with that code and message.</exception>
    /// <exception cref="OperationCanceledException">Nothing of it runs any more.</exception>
    Task<JobResult> RunAsync(ClaimedJob job, string folder, IProgress<JobProgress> progress, CancellationToken cancellationToken);

    /// <summary>Removes what a run made whose job was cancelled, or taken up by another, in its last moment.</summary>
    Task DiscardAsync(JobResult result);
}
