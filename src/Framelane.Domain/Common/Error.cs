namespace Framelane.Domain.Common;

/// <summary>An expected failure, as a value. Bugs are exceptions.</summary>
/// <param name="Code">The stable wire code of contract/api.md, such as <c>not_found</c>; clients branch on it.</param>
/// <param name="Message">A sentence for a person; never holds a secret, a path or another workspace's data.</param>
public record Error(string Code, string Message)
{
    /// <summary>"Webhook not found." and the like: also the answer for another workspace's resource.</summary>
    public static Error NotFound(string resource) => new("not_found", $"{resource} not found.");

    public static Error Conflict(string message) => new("conflict", message);
}
