using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Infrastructure.Leasing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Jobs;

/// <summary>Takes up jobs.</summary>
sealed class JobWorker(
    JobQueue queue,
    JobRuns runs,
    WorkFolder folders,
    IFreeSpace space,
    JobSignal signal,
    IOptions<MediaOptions> options,
    TimeProvider time,
    ILogger<JobWorker> logger)
    : LeaseWorker<ClaimedJob>(queue, signal, folders, space, options.Value.MaxConcurrentJobs, time, logger)
{
    protected override LeasedRun<ClaimedJob> NewRun(ClaimedJob claim) => runs.Of(claim);
}
