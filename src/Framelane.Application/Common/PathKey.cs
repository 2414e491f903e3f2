using System.Text.Json;

namespace Framelane.Application.Common;

/// <summary>A key that a caller chose, in a property path: in quotes, as JSON writes it, for it may hold the very marks that paths are made of.</summary>
public static class PathKey
{
    public static string Quote(string key) => JsonSerializer.Serialize(key);

    /// <summary>The key again, or null where there are no quotes around it.</summary>
    public static string? Read(string text) => text.StartsWith('"') ? JsonSerializer.Deserialize<string>(text) : null;
}
