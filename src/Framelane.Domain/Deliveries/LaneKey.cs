using System.Security.Cryptography;
using System.Text;
using Framelane.Domain.Workspaces;

namespace Framelane.Domain.Deliveries;

/// <summary>What deliveries wait in line by: one lane an endpoint.</summary>
public static class LaneKey
{
    /// <summary>Characters at most.</summary>
    public const int MaxLength = 64;

    /// <summary>The lane of a single job's <c>webhook_url</c>: the same for all jobs of the workspace that name the same url.</summary>
    public static string OfUrl(WorkspaceId workspaceId, string url) =>
        "url_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{workspaceId} {url}")).AsSpan(0, 20));
}
