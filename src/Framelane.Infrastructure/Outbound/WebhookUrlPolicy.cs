using System.Net;
using Framelane.Application.Abstractions;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Outbound;

internal sealed class WebhookUrlPolicy(
    INameResolver resolver, AddressPolicy addresses, IOptions<OutboundOptions> options, TimeProvider time) : IWebhookUrlPolicy
{
    // A look-up's own 2 s, and some for waiting while the workspace has others under way.
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(3);

    static readonly UrlRefusal Invalid = new(UrlRefusalTypes.Invalid, "The url is not valid.");

    static readonly UrlRefusal TooLong = new(
        UrlRefusalTypes.TooLong, $"The url must be at most {IWebhookUrlPolicy.MaxUrlLength} characters long.");

    static readonly UrlRefusal UserInfo = new(
        UrlRefusalTypes.UserInfo, "The url must not contain a user name or password.");

    static readonly UrlRefusal ForbiddenAddress = new(
        UrlRefusalTypes.ForbiddenAddress,
        "The url must not point to a loopback, private, link-local, multicast or otherwise reserved address.");

    readonly bool allowHttp = options.Value.AllowHttp;

    public UrlRefusal? CheckAsWritten(string url) => Judge(url, out _);

    public async ValueTask<UrlRefusal?> CheckAsync(string url, string partition, CancellationToken cancellationToken) =>
        Judge(url, out var host) ?? (await LeadsAstrayAsync(host, partition, cancellationToken) ? ForbiddenAddress : null);

    UrlRefusal? Judge(string url, out TargetHost host)
    {
        host = default;
        if (url.Length > IWebhookUrlPolicy.MaxUrlLength)
            return TooLong;
        if (!TryParse(url, out var uri))
            return Invalid;
        if (!IsSchemeAccepted(uri.Scheme))
            return Scheme();
        if (HasUserInfo(url))
            return UserInfo;
        if (uri.Port == 0 || !IsHostAccepted(uri.HostNameType) || HostOf(uri) is not { } target)
            return Invalid;

        host = target;
        var literal = target.Address ?? (target.IsLocalhost ? IPAddress.Loopback : null);
        return target.HasZone || (literal is not null && !addresses.Permits(literal)) ? ForbiddenAddress : null;
    }

    // Uri trims blanks and takes a backslash for a slash; whoever reads the url next may not.
    static bool TryParse(string url, out Uri uri) =>
        Uri.TryCreate(url, UriKind.Absolute, out uri!)
        && url.StartsWith(uri.Scheme + "://", StringComparison.OrdinalIgnoreCase)
        && !url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '\\');

    bool IsSchemeAccepted(string scheme) =>
        scheme == Uri.UriSchemeHttps || (allowHttp && scheme == Uri.UriSchemeHttp);

    UrlRefusal Scheme() =>
        new(UrlRefusalTypes.Scheme, allowHttp ? "The url must start with https:// or http://." : "The url must start with https://.");

    // Uri.UserInfo is empty for "https://@host" too.
    static bool HasUserInfo(string url)
    {
        var authority = url.AsSpan(url.IndexOf("://", StringComparison.Ordinal) + 3);
        var end = authority.IndexOfAny('/', '?', '#');
        return (end < 0 ? authority : authority[..end]).Contains('@');
    }

    // Uri takes names that it then cannot write in ASCII: of directions that mix, of labels that become too long.
    static TargetHost? HostOf(Uri uri)
    {
        try
        {
            return TargetHost.Parse(uri.IdnHost);
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    static bool IsHostAccepted(UriHostNameType type) =>
        type is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;

    async Task<bool> LeadsAstrayAsync(TargetHost target, string partition, CancellationToken cancellationToken)
    {
        if (target.Address is not null)
            return false;

        using var timeout = new CancellationTokenSource(Timeout, time);
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
