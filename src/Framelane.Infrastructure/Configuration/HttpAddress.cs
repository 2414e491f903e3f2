using System.Net;

namespace Framelane.Infrastructure.Configuration;

static class HttpAddress
{
    /// <summary>Whether paths may be put behind it: an absolute http or https address with no user, query or fragment.</summary>
    public static bool IsBase(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url is { UserInfo: "", Query: "", Fragment: "" }
        && !text.AsSpan().ContainsAny("?#@\\ ");

    /// <summary>Whether nobody on the way can change what it answers: https, or http that does not leave this machine.</summary>
    public static bool IsUnheard(Uri url) => url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IsThisMachine(url.DnsSafeHost));

    static bool IsThisMachine(string host) => IPAddress.TryParse(host, out var address) ? IPAddress.IsLoopback(address) : host == "localhost";
}
