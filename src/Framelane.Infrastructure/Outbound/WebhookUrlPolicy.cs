using System.Net;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Outbound;

internal sealed class WebhookUrlPolicy(
    INameResolver resolver, AddressPolicy addresses, IOptions<OutboundOptions> options, TimeProvider time) : IWebhookUrlPolicy
{
    // A look-up's own 2 s, and some for waiting while the workspace has others under way.
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(3);

    private static readonly UrlRefusal s_invalid = new(UrlRefusalTypes.Invalid, "The url is not valid.");

    private static readonly UrlRefusal s_tooLong = new(
        UrlRefusalTypes.TooLong, $"The url must be at most {IWebhookUrlPolicy.MaxUrlLength} characters long.");

    private static readonly UrlRefusal s_userInfo = new(
        UrlRefusalTypes.UserInfo, "The url must not contain a user name or password.");

    private static readonly UrlRefusal s_forbiddenAddress = new(
        UrlRefusalTypes.ForbiddenAddress,
        "The url must not point to a loopback, private, link-local, multicast or otherwise reserved address.");

    private readonly bool _allowHttp = options.Value.AllowHttp;

    public UrlRefusal? CheckAsWritten(string url) => Judge(url, out _);

    public async ValueTask<UrlRefusal?> CheckAsync(string url, string partition, CancellationToken cancellationToken) =>
        Judge(url, out var host) ?? (await LeadsAstrayAsync(host, partition, cancellationToken) ? s_forbiddenAddress : null);

    private UrlRefusal? Judge(string url, out TargetHost host)
    {
        host = default;
        if (url.Length > IWebhookUrlPolicy.MaxUrlLength) return s_tooLong;
        if (!TryParse(url, out var uri)) return s_invalid;
        if (!IsSchemeAccepted(uri.Scheme)) return Scheme();
        if (HasUserInfo(url)) return s_userInfo;
        if (uri.Port == 0 || !IsHostAccepted(uri.HostNameType) || TargetHost.Parse(uri.IdnHost) is not { } target) return s_invalid;

        host = target;
        var literal = target.Address ?? (target.IsLocalhost ? IPAddress.Loopback : null);
        return target.HasZone || (literal is not null && !addresses.Permits(literal)) ? s_forbiddenAddress : null;
    }

    // Uri trims blanks and takes a backslash for a slash; whoever reads the url next may not.
    private static bool TryParse(string url, out Uri uri) =>
        Uri.TryCreate(url, UriKind.Absolute, out uri!)
        && url.StartsWith(uri.Scheme + "://", StringComparison.OrdinalIgnoreCase)
        && !url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\');

    private bool IsSchemeAccepted(string scheme) =>
        scheme == Uri.UriSchemeHttps || (_allowHttp && scheme == Uri.UriSchemeHttp);

    private UrlRefusal Scheme() =>
        new(UrlRefusalTypes.Scheme, _allowHttp ? "The url must start with https:// or http://." : "The url must start with https://.");

    // Uri.UserInfo is empty for "https://@host" too.
    private static bool HasUserInfo(string url)
    {
        var authority = url.AsSpan(url.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        return (end < 0 ? authority : authority[..end]).Contains('@');
    }

    private static bool IsHostAccepted(UriHostNameType type) =>
        type is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    private async Task<bool> LeadsAstrayAsync(TargetHost target, string partition, CancellationToken cancellationToken)
    {
        if (target.Address is not null) return false;

        using var timeout = new CancellationTokenSource(s_timeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var answers = await resolver.ResolveAsync(target.Name, partition, stop.Token);
            return !answers.All(addresses.Permits);
        }
        catch (NameResolutionException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
