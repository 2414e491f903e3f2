namespace Framelane.Application.Renders.Scenes;

/// <summary>What a scene's texts are set in.</summary>
public static class SceneFonts
{
    /// <summary>Of each text, but where it is the installation's own default.</summary>
    public static IReadOnlyList<SceneFont> Of(CreateRenderRequest scene) => [.. Of(scene.Elements ?? [], "elements")];

    public static bool HasText(CreateRenderRequest scene) => HasText(scene.Elements);

    static bool HasText(IReadOnlyList<SceneElement> elements) =>
        elements.Any(element => element is TextElement || (element is CompositionElement composition && HasText(composition.Elements)));

    static IEnumerable<SceneFont> Of(IReadOnlyList<SceneElement> elements, string place) => elements.SelectMany((element, index) => element switch
    {
        TextElement { FontFamily: not (null or TextElement.DefaultFontFamily) } text => [new(text.FontFamily, $"{place}[{index}].font_family")],
        CompositionElement composition => Of(composition.Elements ?? [], $"{place}[{index}].elements"),
        _ => Enumerable.Empty<SceneFont>(),
    });
}

/// <param name="Place">Where the scene names it, such as <c>elements[0].font_family</c>.</param>
public sealed record SceneFont(string Family, string Place);
