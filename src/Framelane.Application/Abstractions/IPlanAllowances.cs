using Framelane.Application.Plans;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Abstractions;

/// <summary>What a workspace's plan, as it is now, allows.</summary>
public interface IPlanAllowances
{
    Task<PlanAllowance> OfAsync(WorkspaceId workspaceId, CancellationToken cancellationToken);
}
