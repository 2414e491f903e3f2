using AutoMapper;
using Framelane.Domain.ApiKeys;

namespace Framelane.Application.ApiKeys;

sealed class ApiKeyProfile : Profile
{
    public ApiKeyProfile()
    {
        CreateMap<ApiKeyId, string>().ConvertUsing(id => id.Value);
        CreateMap<ApiKey, ApiKeyResponse>();
        CreateMap<ApiKey, ApiKeyCreatedResponse>().ForMember(response => response.Key, to => to.Ignore());
    }
}
