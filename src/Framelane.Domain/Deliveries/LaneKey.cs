using System.Security.Cryptography;
using System.Text;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Deliveries;

/// <summary>What deliveries wait in line by: one lane a receiver.</summary>
public static class LaneKey
{
    /// <summary>Characters at most.</summary>
    public const int MaxLength = 64;

    /// <summary>
    /// The lane of a single job's <c>webhook_url</c>: the same for all jobs of the workspace that name a url of the same origin. Urls name the
    /// job, more often than not, and each in a lane of its own would be bounded by nothing: a receiver that hangs would take as many places
    /// as it has jobs, and the dispatcher walk as many lanes as there are urls.
    /// </summary>
    /// <param name="url">Absolute.</param>
    public static string OfUrl(WorkspaceId workspaceId, string url) =>
        "url_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{workspaceId} {OriginOf(new(url, UriKind.Absolute))}")).AsSpan(0, 20));

    static string OriginOf(Uri url) => $"{url.Scheme}://{url.IdnHost.TrimEnd('.')}:{url.Port}";
}
