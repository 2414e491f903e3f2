using FluentValidation;
using Framelane.Application.Abstractions;
using Framelane.Domain.Webhooks;

namespace Framelane.Application.Webhooks.Update;

sealed class UpdateWebhookValidator : AbstractValidator<UpdateWebhookRequest>
{
    public UpdateWebhookValidator(IWebhookUrlPolicy urls)
    {
        When(request => request.Events.IsGiven, () => RuleFor(request => request.Events.Value).MustBeEvents());
        RuleFor(request => request.Description.Value).MaximumLength(Webhook.MaxDescriptionLength);
        RuleSet(WebhookRules.NetworkRuleSet, () => When(request => request.Url.IsGiven, () =>
            RuleFor(request => request.Url.Value).MustBeReachable(urls)));
    }
}
