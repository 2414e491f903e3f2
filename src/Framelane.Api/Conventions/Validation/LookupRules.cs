using FluentValidation;
using FluentValidation.Internal;
using Framelane.Api.Conventions.Authentication;
using Framelane.Application.Webhooks;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Framelane.Api.Conventions.Validation;

/// <summary>The rules that look things up, in the network or the database, of all that an action is given.</summary>
sealed class LookupRules(IServiceProvider services)
{
    public async Task RunAsync(ActionExecutingContext context)
    {
        var faults = context.HttpContext.RequestFaults();
        foreach (var argument in context.ActionArguments.Values.OfType<object>())
            await RunAsync(context.HttpContext, argument, faults);
    }

    async Task RunAsync(HttpContext http, object argument, RequestFaults faults)
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
