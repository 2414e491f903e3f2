using AutoMapper;
using Framelane.Domain.Webhooks;

namespace Framelane.Application.Webhooks;

sealed class WebhookProfile : Profile
{
    public WebhookProfile()
    {
        CreateMap<WebhookId, string>().ConvertUsing(id => id.Value);
        CreateMap<Webhook, WebhookResponse>();
        CreateMap<Webhook, WebhookCreatedResponse>().ForMember(response => response.Secret, to => to.Ignore());
    }
}
