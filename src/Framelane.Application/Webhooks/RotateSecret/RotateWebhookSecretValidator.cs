using FluentValidation;
using Framelane.Domain.Workspaces;

namespace Framelane.Application.Webhooks.RotateSecret;

sealed class RotateWebhookSecretValidator : AbstractValidator<RotateWebhookSecretRequest>
{
    public RotateWebhookSecretValidator() => RuleFor(request => request.GracePeriodSeconds).InclusiveBetween(0, GracePeriod.MaxSeconds);
}
