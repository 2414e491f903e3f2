using Framelane.Api.Conventions.Authentication;
using Framelane.Api.Conventions.Validation;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Framelane.Api.Conventions.Paging;

sealed class CursorBinder(CursorCodec codec) : IModelBinder
{
    public Task BindModelAsync(ModelBindingContext bindingContext)
    {
        var context = bindingContext.HttpContext;
        var sent = context.Request.Query["cursor"];
        if (sent.Count == 0)
            return Task.CompletedTask;
        if (sent.Count == 1 && codec.TryDecode(context.Actor().WorkspaceId, context.RouteTemplate(), sent[0]!) is { } key)
            bindingContext.Result = ModelBindingResult.Success(key);
        else
            context.RequestFaults().AddShape(["query", "cursor"], FaultTypes.Cursor, "Not a cursor of this list.", sent[0]);
        return Task.CompletedTask;
    }
}
