using FluentValidation;
using FluentValidation.Internal;
using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Errors;
using Framelane.Application.Webhooks;
using Microsoft.AspNetCore.Mvc.Filters;
using InvalidRequest = Framelane.Application.Common.ValidationError;

namespace Framelane.Api.Conventions.Validation;

/// <summary>Runs the rules that wait for the network, then answers all faults of the request at once, or lets it through.</summary>
sealed class ValidationFilter(IServiceProvider services) : IAsyncActionFilter
{
    public async Task OnActionExecutionAsync(ActionExecutingContext context, ActionExecutionDelegate next)
    {
        var faults = context.HttpContext.RequestFaults();
        foreach (var argument in context.ActionArguments.Values.OfType<object>())
            await RunNetworkRulesAsync(context.HttpContext, argument, faults);

        if (!faults.Any && !context.ModelState.IsValid)
            throw new InvalidOperationException($"Not bound by our own readers: {string.Join(", ", context.ModelState.Keys)}.");
        if (faults.Any && !context.ActionDescriptor.EndpointMetadata.OfType<AnswersFaultsAttribute>().Any())
            context.Result = new ErrorResult(new InvalidRequest(faults.All));
        else
            await next();
    }

    async Task RunNetworkRulesAsync(HttpContext http, object argument, RequestFaults faults)
    {
        var type = argument.GetType();
        if (services.GetService(typeof(IValidator<>).MakeGenericType(type)) is not IValidator validator)
            return;
        var rules = new ValidationContext<object>(argument, new PropertyChain(), new RulesetValidatorSelector([WebhookRules.NetworkRuleSet]));
        if (http.AuthenticatedCaller() is { } caller)
            rules.RootContextData[WebhookRules.LookupPartition] = caller.WorkspaceId.Value;
        foreach (var failure in (await validator.ValidateAsync(rules, http.RequestAborted)).Errors)
            faults.AddMeaning(MeaningFaults.Of(type, failure));
    }
}
