using AutoMapper;
using Framelane.Domain.Audit;

namespace Framelane.Application.Workspaces.ListAuditLog;

sealed class AuditEntryProfile : Profile
{
    public AuditEntryProfile()
    {
        CreateMap<AuditEntryId, string>().ConvertUsing(id => id.Value);
        CreateMap<AuditEntry, AuditEntryResponse>();
    }
}
