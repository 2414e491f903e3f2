using Framelane.Application.Abstractions;

namespace Framelane.Application.Assets;

/// <summary>
/// What the URL of a source must be when it is named. Of a scene it is judged as written, for it may name hundreds, and looking all of them
/// up would take minutes and be work for anybody to cause: where a name leads is judged when it is fetched, before anything is sent.
/// </summary>
public sealed class SourceUrlRules(IWebhookUrlPolicy policy, SourceUrls urls)
{
    const string NotAllowed = MediaErrorCodes.SourceNotAllowed;

    /// <summary>Looks no name up. Of our own only the length counts: it is kept like any other.</summary>
    public UrlRefusal? CheckAsWritten(string url) =>
        url.Length <= IWebhookUrlPolicy.MaxUrlLength && urls.IsOwn(url, out _) ? null : Named(url, policy.CheckAsWritten(url));

    /// <summary>Looks up where it leads; a name that does not resolve now is accepted.</summary>
    public async ValueTask<UrlRefusal?> CheckAsync(string url, string partition, CancellationToken cancellationToken) =>
        Named(url, await policy.CheckAsync(url, partition, cancellationToken));

    /// <summary>What this installation does not let anyone reach has the contract's own word.</summary>
    static UrlRefusal? Named(string url, UrlRefusal? refusal) => refusal switch
    {
        { Type: UrlRefusalTypes.ForbiddenAddress } => refusal with { Type = NotAllowed },
        { Type: UrlRefusalTypes.Scheme } when url.StartsWith("http://", StringComparison.OrdinalIgnoreCase) => refusal with { Type = NotAllowed },
        _ => refusal,
    };
}
