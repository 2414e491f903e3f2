using Framelane.Application.Abstractions;
using Framelane.Infrastructure.Leasing;

namespace Framelane.Infrastructure.Jobs;

/// <summary>Wakes this process's worker of jobs.</summary>
sealed class JobSignal : WorkerSignal, IJobSignal;
