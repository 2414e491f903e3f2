using System.Net;
using Framelane.Application.Abstractions;
using Framelane.Domain.Audit;
using Framelane.Domain.Workspaces;
using Microsoft.AspNetCore.Authorization;

namespace Framelane.Api.Conventions.Authentication;

/// <summary>Who calls.</summary>
static class CallerExtensions
{
    /// <summary>Whose key or session the request was authenticated with; null before that, and where it came with none that counts.</summary>
    public static AuthenticatedCaller? AuthenticatedCaller(this HttpContext context) => context.Features.Get<AuthenticatedCaller>();

    /// <summary>The workspace whose key or session the request came with; null where it came with none that counts.</summary>
    public static WorkspaceId? CallingWorkspace(this HttpContext context) => context.AuthenticatedCaller()?.WorkspaceId;

    /// <summary>Whether the route needs no key; one that is shown all the same changes neither its limits nor what is remembered of it.</summary>
    public static bool IsPublic(this HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>The one who acts. Only for routes that need a key.</summary>
    public static Actor Actor(this HttpContext context)
    {
        var caller = context.AuthenticatedCaller() ?? throw new InvalidOperationException("The route asks who calls but lets anybody in.");
        return new(
            caller.WorkspaceId,
            (caller as AuthenticatedKey)?.KeyId,
            context.ClientAddress()?.ToString(),
            (caller as AuthenticatedSession)?.Subject);
    }

    /// <summary>Where the request came from, as far as the known proxies can be believed.</summary>
    public static IPAddress? ClientAddress(this HttpContext context) =>
        context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
}
