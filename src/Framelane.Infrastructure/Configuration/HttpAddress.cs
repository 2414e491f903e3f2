namespace Framelane.Infrastructure.Configuration;

static class HttpAddress
{
    /// <summary>Whether paths may be put behind it: an absolute http or https address with no user, query or fragment.</summary>
    public static bool IsBase(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && !text.AsSpan().ContainsAny("?#@\\ ");
}
