using Framelane.Application.Abstractions;
using Framelane.Application.Plans;
using Framelane.Domain.Billing;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Framelane.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Billing;

/// <summary>Notes the renders of those whom somebody bills by the minute (docs/adr/0031).</summary>
sealed class MeteredRenders(FramelaneDbContext db, IBillingProvider provider, IOptions<PlanOptions> plans, ILogger<MeteredRenders> logger)
{
    /// <summary>In the transaction that adds the line to the ledger. Locks nothing: renders of one workspace complete beside each other.</summary>
    public async Task AddAsync(UsageEntry used, CancellationToken cancellationToken)
    {
        if (used.Kind != UsageKind.Render || (provider.IsConfigured && !provider.TakesMinutes))
            return;
        if (await PlanOfCustomerAsync(used.WorkspaceId, cancellationToken) is not { } plan || plans.Value.Of(plan).BilledBeyondMilliseconds is null)
            return;
        if (provider.TakesMinutes)
            db.MeteredRenders.Add(MeteredRender.Of(used, plan));
        else
            logger.LogWarning("A render of {Workspace}, which is a customer, is not billed if it is beyond the plan: this process has no Framelane:Stripe.", used.WorkspaceId);
    }

    Task<Plan?> PlanOfCustomerAsync(WorkspaceId id, CancellationToken cancellationToken) => db.Workspaces
        .Where(workspace => workspace.Id == id && db.BillingAccounts.Any(account => account.WorkspaceId == id))
        .Select(workspace => (Plan?)workspace.Plan)
        .SingleOrDefaultAsync(cancellationToken);
}
