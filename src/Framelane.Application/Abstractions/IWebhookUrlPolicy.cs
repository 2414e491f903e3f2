namespace Framelane.Application.Abstractions;

/// <summary>
/// Judges a url that a caller wants deliveries sent to, when it is saved. The same rule is applied again to the
/// address that is dialled at every attempt, so a url accepted here is not thereby trusted.
/// </summary>
public interface IWebhookUrlPolicy
{
    /// <summary>The longest url accepted, in characters.</summary>
    const int MaxUrlLength = 2083;

    /// <summary>Judges <paramref name="url"/> for a caller whose name look-ups need no share of their own.</summary>
    /// <returns>Null when the url is acceptable. A name that does not resolve now is acceptable.</returns>
    ValueTask<UrlRefusal?> CheckAsync(string url, CancellationToken cancellationToken) =>
        CheckAsync(url, string.Empty, cancellationToken);

    /// <summary>Judges what <paramref name="url"/> says itself, at once: its form, and the address that it spells. A name is acceptable.</summary>
    /// <returns>Null when the url is acceptable.</returns>
    UrlRefusal? CheckAsWritten(string url);

    /// <summary>Judges <paramref name="url"/>; takes at most about three seconds.</summary>
    /// <param name="url">The url as the caller wrote it.</param>
    /// <param name="partition">Whose share of name look-ups is used, for instance the workspace id.</param>
    /// <param name="cancellationToken">Ends the check with <see cref="OperationCanceledException"/>.</param>
    /// <returns>Null when the url is acceptable. A name that does not resolve now is acceptable.</returns>
    ValueTask<UrlRefusal?> CheckAsync(string url, string partition, CancellationToken cancellationToken);
}

/// <summary>Why a url is refused. Neither part names a resolved address.</summary>
/// <param name="Type">A stable code, one of <see cref="UrlRefusalTypes"/>.</param>
/// <param name="Message">A sentence for the caller.</param>
public sealed record UrlRefusal(string Type, string Message);

/// <summary>The stable codes of <see cref="UrlRefusal.Type"/>.</summary>
public static class UrlRefusalTypes
{
    public const string Invalid = "url_invalid";
    public const string TooLong = "url_too_long";
    public const string Scheme = "url_scheme";
    public const string UserInfo = "url_user_info";
    public const string ForbiddenAddress = "url_forbidden_address";
}
