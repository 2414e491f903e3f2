using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding.Metadata;

namespace Framelane.Api.Conventions.Queries;

/// <summary>Has an id of white space stay what it is, a name of nothing. It would be bound as null, which means "all" to some.</summary>
sealed class RouteTexts : IDisplayMetadataProvider
{
    public void CreateDisplayMetadata(DisplayMetadataProviderContext context)
    {
        if (context.Attributes.OfType<FromRouteAttribute>().Any())
            context.DisplayMetadata.ConvertEmptyStringToNull = false;
    }
}
