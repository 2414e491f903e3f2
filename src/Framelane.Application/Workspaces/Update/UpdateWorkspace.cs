using AutoMapper;
using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Workspaces.Update;

public sealed record UpdateWorkspaceRequest
{
    /// <summary>1 to 255 characters.</summary>
    public Optional<string> Name { get; init; }
}

public sealed record UpdateWorkspaceCommand(Actor Actor, UpdateWorkspaceRequest Request) : IRequest<Result<WorkspaceResponse>>;

sealed class UpdateWorkspaceValidator : AbstractValidator<UpdateWorkspaceRequest>
{
    public UpdateWorkspaceValidator() => When(
        request => request.Name.IsGiven,
        () => RuleFor(request => request.Name.Value).NotNull().Length(1, Workspace.MaxNameLength));
}

sealed class UpdateWorkspaceHandler(IUnitOfWork unitOfWork, IWorkspaceRepository workspaces, IAuditLog audit, IMapper mapper, TimeProvider time)
    : IRequestHandler<UpdateWorkspaceCommand, Result<WorkspaceResponse>>
{
    public Task<Result<WorkspaceResponse>> Handle(UpdateWorkspaceCommand command, CancellationToken cancellationToken) =>
        unitOfWork.ExecuteAsync<WorkspaceResponse>(
            async token =>
            {
                var now = time.GetUtcNow();
                var workspace = await workspaces.GetForUpdateAsync(command.Actor.WorkspaceId, token);
                if (command.Request.Name.IsGiven)
                    workspace.Rename(command.Request.Name.Value);
                audit.Add(AuditEntry.Of(AuditActions.WorkspaceUpdated, workspace.Id.Value, command.Actor, now));
                return mapper.ToResponse(workspace, now);
            },
            cancellationToken);
}
