using AutoMapper;
using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Workspaces;
using Framelane.Domain.ApiKeys;
using Framelane.Domain.Audit;
using Framelane.Domain.Common;
using Framelane.Domain.Workspaces;
using MediatR;

namespace Framelane.Application.Operators;

/// <summary>Makes a workspace with its first key.</summary>
/// <param name="Name">1 to 255 characters.</param>
/// <param name="Plan">Null for the installation's default.</param>
/// <param name="Email">Its owner's, which the operator answers for: it counts as verified. Null for none.</param>
public sealed record CreateWorkspaceCommand(string Name, Plan? Plan, string? Email) : IRequest<Result<CreatedWorkspace>>;

/// <param name="ApiKey">The key. It is not shown again.</param>
public sealed record CreatedWorkspace(WorkspaceResponse Workspace, string ApiKey)
{
    public override string ToString() => $"{Workspace.Id} ***";
}

sealed class CreateWorkspaceHandler(
    IUnitOfWork unitOfWork,
    IWorkspaceRepository workspaces,
    NewWorkspaces newWorkspaces,
    IEmailAddresses addresses,
    IDefaultPlan plan,
    IMapper mapper,
    TimeProvider time) : IRequestHandler<CreateWorkspaceCommand, Result<CreatedWorkspace>>
{
    const string KeyName = "First";

    public async Task<Result<CreatedWorkspace>> Handle(CreateWorkspaceCommand command, CancellationToken cancellationToken)
    {
        if (command.Name.Length is 0 or > Workspace.MaxNameLength)
            return ValidationError.At("out_of_range", $"A name has 1 to {Workspace.MaxNameLength} characters.", "name");
        var email = addresses.TryParse(command.Email);
        if (command.Email is not null && email is null)
            return ValidationError.At("format", "That is no mail address.", "email");
        return await unitOfWork.ExecuteAsync<CreatedWorkspace>(
            async token =>
            {
                if (email is not null && await workspaces.HasVerifiedAsync(email, token))
                    return Error.Conflict("Another workspace has that address.");
                var now = time.GetUtcNow();
                var secret = ApiKeySecret.Generate();
                var workspace = newWorkspaces.Add(
                    (id, sealedSecret) => Workspace.Create(id, command.Name, command.Plan ?? plan.Plan, sealedSecret, now),
                    KeyName, secret, Actor.System, now);
                if (email is not null)
                    workspace.AdoptEmail(email);
                return new CreatedWorkspace(mapper.ToResponse(workspace, now), secret.Reveal());
            },
            cancellationToken);
    }
}
