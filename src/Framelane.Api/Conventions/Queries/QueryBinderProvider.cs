using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Framelane.Api.Conventions.Queries;

/// <summary>Has the query's parameters read by the rules of bodies: wire names of enumerations, all faults in one answer.</summary>
sealed class QueryBinderProvider : IModelBinderProvider
{
    public IModelBinder? GetBinder(ModelBinderProviderContext context)
    {
        // A parameter that names its own binder, such as a cursor, keeps it.
        if (context.BindingInfo.BindingSource != BindingSource.Query || context.BindingInfo.BinderType is not null)
            return null;
        var type = context.Metadata.UnderlyingOrModelType;
        if (type == typeof(string))
            return new QueryBinder(QueryValue.Of);
        if (type == typeof(int))
            return new QueryBinder(QueryValue.IntegerBetween(QueryRange.Of(context.Metadata)));
        if (type == typeof(double))
            return new QueryBinder(QueryValue.NumberFrom(NumberRange.Of(context.Metadata)));
        return type.IsEnum ? new QueryBinder(QueryValue.NameOf(type)) : null;
    }
}
