using AutoMapper;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Workspaces;

static class WorkspaceMapping
{
    /// <summary>The workspace as the API shows it at that moment: a grace that has run out is not shown.</summary>
    public static WorkspaceResponse ToResponse(this IMapper mapper, Workspace workspace, DateTimeOffset now)
    {
        var response = mapper.Map<WorkspaceResponse>(workspace);
        return workspace.SecretsSigningAt(now).Count == 2
            ? response
            : response with { SigningSecret = response.SigningSecret with { PreviousExpiresAt = null } };
    }
}
