using Framelane.Application.Abstractions;
using Framelane.Application.Plans;
using Framelane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Persistence;

sealed class PlanAllowances(IServiceScopeFactory scopes, IOptions<PlanOptions> plans) : IPlanAllowances
{
    public async Task<PlanAllowance> OfAsync(WorkspaceId workspaceId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var plan = await scope.ServiceProvider.GetRequiredService<FramelaneDbContext>().Workspaces
            .Where(workspace => workspace.Id == workspaceId)
            .Select(workspace => workspace.Plan)
            .SingleAsync(cancellationToken);
        return plans.Value.Of(plan);
    }
}
