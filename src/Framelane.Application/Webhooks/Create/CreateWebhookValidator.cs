using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Domain.Webhooks;

namespace Framelane.Application.Webhooks.Create;

sealed class CreateWebhookValidator : AbstractValidator<CreateWebhookRequest>
{
    public CreateWebhookValidator(IWebhookUrlPolicy urls)
    {
        When(request => request.Events is not null, () => RuleFor(request => request.Events).MustBeEvents());
        RuleFor(request => request.Description).MaximumLength(Webhook.MaxDescriptionLength);
        RuleSet(WebhookRules.NetworkRuleSet, () => RuleFor(request => request.Url).MustBeReachable(urls));
    }
}
