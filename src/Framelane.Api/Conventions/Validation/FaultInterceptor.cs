using FluentValidation;
using FluentValidation.AspNetCore;
using FluentValidation.Results;
using Microsoft.AspNetCore.Mvc;

namespace Framelane.Api.Conventions.Validation;

/// <summary>Keeps what the automatic validation finds as it is found: model state would turn it into bare text.</summary>
sealed class FaultInterceptor : IValidatorInterceptor
{
    public IValidationContext BeforeAspNetValidation(ActionContext actionContext, IValidationContext commonContext) => commonContext;

    public ValidationResult AfterAspNetValidation(ActionContext actionContext, IValidationContext validationContext, ValidationResult result)
    {
        var faults = actionContext.HttpContext.RequestFaults();
        foreach (var failure in result.Errors)
            faults.AddMeaning(MeaningFaults.Of(validationContext.InstanceToValidate.GetType(), failure));
        return new();
    }
}
