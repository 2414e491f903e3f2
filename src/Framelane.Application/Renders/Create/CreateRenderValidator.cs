using FluentValidation;
using FluentValidation.Results;
using Framelane.Application.Abstractions;
using Framelane.Application.Assets;
using Framelane.Application.Capabilities;
using Framelane.Application.Common;
using Framelane.Application.Jobs;
using Framelane.Application.Renders.Scenes;
using Framelane.Application.Webhooks;
using Microsoft.Extensions.Options;

namespace Framelane.Application.Renders.Create;

/// <summary>What a scene must be (contract/scene.md, "What is refused"). Every fault is found, each at its own place.</summary>
sealed class CreateRenderValidator : AbstractValidator<CreateRenderRequest>
{
    public CreateRenderValidator(
        IWebhookUrlPolicy urls, SourceUrlRules sources, CapabilityCatalogue catalogue, IOptions<FramelaneLimits> limits, JobSources assets)
    {
        RuleFor(request => request).Custom((request, context) =>
        {
            var faults = new SceneFaults(context, catalogue, sources);
            new CanvasRules(faults, limits.Value).Check(request);
            new ElementRules(faults, limits.Value).Check(request.Elements, "Elements", isNested: false);
            new TransitionRules(faults, limits.Value).Check(request.Elements, request.Transitions, "");
        });
        RuleSet(WebhookRules.NetworkRuleSet, () =>
        {
            RuleFor(request => request.WebhookUrl).MustBeReachable(urls);
            RuleFor(request => request).CustomAsync(async (request, context, cancellationToken) =>
            {
                if (ElementRules.CountOf(request.Elements) > limits.Value.Elements)
                    return;
                foreach (var fault in await assets.FindFaultsAsync(context.CallingWorkspace(), request, cancellationToken))
                    context.AddFailure(new ValidationFailure(fault.Place, fault.Message) { ErrorCode = fault.Type, AttemptedValue = fault.Value });
            });
        });
    }
}
