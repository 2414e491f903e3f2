using Framelane.Api.Conventions.Authentication;
using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Paging;

static class PagingExtensions
{
    public static ListResponse<T> ToListResponse<T>(this HttpContext context, Page<T> page)
    {
        var cursor = page.NextKey is { } key
            ? context.RequestServices.GetRequiredService<CursorCodec>().Encode(context.Actor().WorkspaceId, context.RouteTemplate(), key)
            : null;
        return new(page.Items, cursor, cursor is not null);
    }

    /// <summary>The route as it is written in the contract, such as <c>v1/webhooks/{webhook_id}</c>.</summary>
    public static string RouteTemplate(this HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? throw new InvalidOperationException("No route was matched.");
}
