using System.Text.Json;

namespace Framelane.Application.Common;

/// <summary>What the values of an enumeration are called on the wire.</summary>
public static class WireNames
{
    /// <summary>All of them, in their order.</summary>
    public static string[] Of<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
