using System.Net;
using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;
using Microsoft.AspNetCore.Authorization;

namespace Framelane.Api.Conventions.Authentication;

/// <summary>Who calls.</summary>
static class CallerExtensions
{
    /// <summary>The key that the request was authenticated with; null before that, and on routes that need none.</summary>
    public static AuthenticatedKey? AuthenticatedKey(this HttpContext context) => context.Features.Get<AuthenticatedKey>();

    /// <summary>Whose key the request came with; null where it came with none that counts.</summary>
    public static WorkspaceId? CallingWorkspace(this HttpContext context) => context.AuthenticatedKey()?.WorkspaceId;

    /// <summary>Whether the route needs no key.</summary>
    public static bool IsPublic(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>The one who acts. Only for routes that need a key.</summary>
    public static Actor Actor(this HttpContext context)
    {
        var key = context.AuthenticatedKey() ?? throw new InvalidOperationException("The route asks who calls but lets anybody in.");
        return new(key.WorkspaceId, key.KeyId, context.ClientAddress()?.ToString());
    }

    /// <summary>Where the request came from, as far as the known proxies can be believed.</summary>
    public static IPAddress? ClientAddress(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
}
