using System.Globalization;

namespace Framelane.Application.Renders.Scenes;

/// <summary>Where a scene's background is seen through.</summary>
public static class SceneBackground
{
    /// <summary>Whether the output keeps what the background leaves open; every other one has black behind it.</summary>
    public static bool IsKeptOpen(CreateRenderRequest scene) => scene.Alpha || scene.OutputFormat == OutputFormat.Png;

    /// <summary>The same colour over black.</summary>
    /// <param name="color"><c>#RRGGBB</c> or <c>#RRGGBBAA</c>.</param>
    public static string OverBlack(string color)
    {
        if (color.Length == "#RRGGBB".Length)
            return color;
        int[] parts = [.. Enumerable.Range(0, 4).Select(part => int.Parse(color.AsSpan(1 + 2 * part, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
        return "#" + string.Concat(parts.Take(3).Select(part => ((int)Math.Round(part * parts[3] / 255d)).ToString("x2", CultureInfo.InvariantCulture)));
    }
}
