using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Framelane.Api.Conventions.Queries;

/// <summary>Has the query's parameters read by the rules of bodies: wire names of enumerations, all faults in one answer.</summary>
sealed class QueryBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        if (context.BindingInfo.BindingSource != BindingSource.Query)
            return null;
        var type = context.Metadata.UnderlyingOrModelType;
        if (type == typeof(string))
            return new QueryBinder(text => QueryValue.Of(text));
        if (type == typeof(int))
            return new QueryBinder(QueryValue.IntegerBetween(QueryRange.Of(context.Metadata)));
        return type.IsEnum ? new QueryBinder(QueryValue.NameOf(type)) : null;
    }
}
