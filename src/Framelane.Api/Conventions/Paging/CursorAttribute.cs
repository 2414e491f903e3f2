using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Framelane.Api.Conventions.Paging;

/// <summary>Binds the query's opaque <c>cursor</c> to the key of the row that it stands for; null where it was not sent.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class CursorAttribute : ModelBinderAttribute
{
    public CursorAttribute()
        : base(typeof(CursorBinder)) => Name = "cursor";

    public override BindingSource? BindingSource => BindingSource.Query;
}
