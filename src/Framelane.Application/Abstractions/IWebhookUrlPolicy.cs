namespace Framelane.Application.Abstractions;

/// <summary>Judges a webhook's url before it is saved; the connection is judged again at every attempt.</summary>
public interface IWebhookUrlPolicy
{
    /// <summary>Why the url cannot be a target, or null where it can. A name that does not resolve at the moment is accepted.</summary>
    ValueTask<UrlRefusal?> CheckAsync(string url, CancellationToken cancellationToken);
}

/// <param name="Type">A stable word, such as <c>url_scheme</c> or <c>url_forbidden_address</c>.</param>
/// <param name="Message">Never tells what a name resolved to.</param>
public sealed record UrlRefusal(string Type, string Message);
