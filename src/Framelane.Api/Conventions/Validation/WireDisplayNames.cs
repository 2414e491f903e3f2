using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Framelane.Api.Conventions.Bodies;

namespace Framelane.Api.Conventions.Validation;

/// <summary>Has messages call fields by the names that the caller sent.</summary>
static class WireDisplayNames
{
    public static string? Resolve(Type type, MemberInfo? member, LambdaExpression? expression)
    {
        // Of `request => request.Name.Value` the wire knows the name alone.
        if (member is { DeclaringType: { } declaring } && OptionalShape.IsOptional(declaring) && expression?.Body is MemberExpression { Expression: MemberExpression outer })
            member = outer.Member;
        return member is null ? null : JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name);
    }
}
