namespace Framelane.Application.Renders.Scenes;

/// <summary>How much a part of a scene may hold. No scene that somebody means comes near; what is beyond would only take time and room.</summary>
public static class SceneLimits
{
    /// <summary>Characters of an element's id, and of its name.</summary>
    public const int NameLength = 255;

    /// <summary>Effects of one element.</summary>
    public const int Effects = 50;

    /// <summary>Motions of one element.</summary>
    public const int Motions = 50;
}
