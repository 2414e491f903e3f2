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
            faults.AddShape(["query", name], FaultTypes.Duplicate, "Given more than once.");
        else if (read(sent[0]!) is { Fault: { } fault })
            faults.AddShape(["query", name], fault.Type, fault.Message, sent[0], fault.Context);
        else
            bindingContext.Result = ModelBindingResult.Success(read(sent[0]!).Value);
        return Task.CompletedTask;
    }
}
