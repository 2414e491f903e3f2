using Framelane.Domain.ApiKeys;
using Microsoft.Extensions.Primitives;

namespace Framelane.Api.Conventions.Authentication;

static class BearerKey
{
    const string Scheme = "Bearer ";

    /// <summary>The key of an Authorization header, or null where it holds none that could be one.</summary>
    public static ApiKeySecret? Read(StringValues authorization) =>
        authorization.Count == 1 && authorization[0] is { } header && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? ApiKeySecret.TryParse(header[Scheme.Length..].Trim(' '))
            : null;
}
