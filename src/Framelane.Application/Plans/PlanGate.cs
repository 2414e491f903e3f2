using Framelane.Application.Abstractions;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Scenes;
using Framelane.Domain.Common;
using Framelane.Domain.Usage;
using Framelane.Domain.Workspaces;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Plans;

/// <summary>Whether a workspace's plan lets it have a render (contract/api.md, "Plans").</summary>
/// <remarks>
/// Minutes are reserved at submission, by the job itself: what its workspace has used in the month, and what its jobs keep that have not
/// ended, may not exceed the cap. A job that ends keeps nothing any more, and one that completes has a line in the ledger by then.
/// </remarks>
public sealed class PlanGate(
    IWorkspaceRepository workspaces,
    IUsageLedger ledger,
    JobSources sources,
    IRenderForecaster forecaster,
    IOptions<PlanOptions> plans,
    TimeProvider time)
{
    /// <summary>Asked in the transaction that submits the render. Where the plan has a cap, submissions of the workspace come one after the other.</summary>
    /// <returns>Milliseconds of output to be reserved, or why it may not be had.</returns>
    public async Task<Result<long>> AdmitAsync(WorkspaceId workspaceId, CreateRenderRequest scene, CancellationToken cancellationToken)
    {
        var plan = (await workspaces.GetAsync(workspaceId, cancellationToken)).Plan;
        if (plans.Value.Of(plan).CapMilliseconds is not null)
            plan = (await workspaces.GetForUpdateAsync(workspaceId, cancellationToken)).Plan;
        return await JudgeAsync(workspaceId, plan, scene, forecast: null, cancellationToken);
    }

    /// <summary>Why it could not be had at the moment; null where it could. Reserves nothing.</summary>
    /// <param name="renderMinutes">What is known of it already.</param>
    public async Task<Error?> FindFaultAsync(WorkspaceId workspaceId, CreateRenderRequest scene, double? renderMinutes, CancellationToken cancellationToken)
    {
        var plan = (await workspaces.GetAsync(workspaceId, cancellationToken)).Plan;
        return (await JudgeAsync(workspaceId, plan, scene, new(renderMinutes), cancellationToken)).Error;
    }

    async Task<Result<long>> JudgeAsync(WorkspaceId workspaceId, Plan plan, CreateRenderRequest scene, Forecast? forecast, CancellationToken cancellationToken)
    {
        var allowance = plans.Value.Of(plan);
        var (width, height) = (scene.Width ?? CreateRenderRequest.DefaultWidth, scene.Height ?? CreateRenderRequest.DefaultHeight);
        if (!allowance.AllowsSize(width, height))
            return PlanErrors.TooLarge(plan, allowance, width, height, plans.Value.LeastFor(width, height));
        if (allowance.CapMilliseconds is not { } cap)
            return 0;

        forecast ??= new(forecaster.Of(scene, await sources.FindDurationsAsync(workspaceId, scene, cancellationToken)).Estimate.RenderMinutes);
        var month = CalendarMonth.Of(time.GetUtcNow());
        var committed = await ledger.CommittedAsync(workspaceId, month, cancellationToken);
        var left = cap - committed.Used - committed.Reserved;

        // Of unknown length: it keeps all that is left, so that no other can be let in for minutes that this one may need.
        var needed = forecast.Value.Milliseconds ?? Math.Max(left, 1);
        return needed <= Math.Max(left, 0)
            ? needed
            : PlanErrors.OverQuota(plan, cap, committed, forecast.Value.Milliseconds, month);
    }

    readonly record struct Forecast(double? Minutes)
    {
        public long? Milliseconds => Minutes is { } minutes ? RenderMinute.ToMilliseconds(minutes) : null;
    }
}
