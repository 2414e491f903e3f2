using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Workspaces;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Operators;

/// <summary>Puts a workspace on a plan, whatever it paid.</summary>
public sealed record ChangePlanCommand(Actor Actor, Plan Plan) : IRequest<Result<WorkspaceResponse>>;

sealed class ChangePlanHandler(
    IUnitOfWork unitOfWork, IWorkspaceRepository workspaces, IBillingRepository accounts, IAuditLog audit, IMapper mapper, TimeProvider time)
    : IRequestHandler<ChangePlanCommand, Result<WorkspaceResponse>>
{
    public Task<Result<WorkspaceResponse>> Handle(ChangePlanCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<WorkspaceResponse>(
            async token =>
            {
                var now = time.GetUtcNow();
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                (await accounts.FindAsync(workspace.Id, token))?.Overrule();
                if (workspace.ChangePlan(command.Plan, PlanStatus.Active))
                    audit.Add(AuditEntry.Of(AuditActions.PlanChanged, workspace.Id.Value, command.Actor, now));
                return mapper.ToResponse(workspace, now);
            },
            cancellationToken);
}
