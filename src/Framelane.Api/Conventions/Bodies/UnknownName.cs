using Framelane.Application.Common;

namespace Framelane.Api.Conventions.Bodies;

/// <summary>What is said of a name that is none of those known: all of them, and the one that was probably meant.</summary>
static class UnknownName
{
    /// <param name="given">What was sent; null where it is no text.</param>
    public static string Message(IReadOnlyCollection<string> names, string? given = null)
    {
        var message = $"Must be one of: {string.Join(", ", names)}.";
        return given is not null && NearestName.Question(given, names) is { } question ? $"{message} {question}" : message;
    }

    public static Dictionary<string, object?> Context(IReadOnlyCollection<string> names) => new() { ["expected"] = names.ToArray() };
}
