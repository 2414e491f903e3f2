using Framelane.Api.Conventions.Validation;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Framelane.Api.Conventions.Queries;

/// <summary>Binds one parameter of the query. One that was not sent keeps the action's default.</summary>
sealed class QueryBinder(Func<string, QueryValue> read) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var name = bindingContext.ModelName;
        var sent = bindingContext.HttpContext.Request.Query[name];
        if (sent.Count == 0)
            return Task.CompletedTask;

        var faults = bindingContext.HttpContext.RequestFaults();
        if (sent.Count > 1)
        {
            faults.AddShape(["query", name], FaultTypes.Duplicate, "Given more than once.");
            return Task.CompletedTask;
        }

        var (value, fault) = read(sent[0]!);
        if (fault is null)
            bindingContext.Result = ModelBindingResult.Success(value);
        else
            faults.AddShape(["query", name], fault.Type, fault.Message, sent[0], fault.Context);
        return Task.CompletedTask;
    }
}
