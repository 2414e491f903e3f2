using Microsoft.AspNetCore.Mvc.Filters;

namespace Framelane.Api.Conventions.Validation;

/// <summary>The action answers what is wrong with its request itself. Where something is, what it is given may be incomplete, or null.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersFaultsAttribute : Attribute;

static class AnswersFaultsExtensions
{
    public static bool AnswersFaults(this ActionExecutingContext context) => context.ActionDescriptor.EndpointMetadata.OfType<AnswersFaultsAttribute>().Any();
}
