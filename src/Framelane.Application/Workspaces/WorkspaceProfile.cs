using AutoMapper;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Workspaces;

sealed class WorkspaceProfile : Profile
{
    public WorkspaceProfile()
    {
        CreateMap<WorkspaceId, string>().ConvertUsing(id => id.Value);
        CreateMap<Workspace, WorkspaceResponse>()
            .ForMember(response => response.SigningSecret, to => to.MapFrom(workspace => new SigningSecretResponse(workspace.RotatedAt, workspace.PreviousExpiresAt)));
    }
}
