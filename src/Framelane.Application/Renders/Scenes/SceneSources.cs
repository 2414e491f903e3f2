namespace Framelane.Application.Renders.Scenes;

/// <summary>What a scene needs from elsewhere.</summary>
public static class SceneSources
{
    /// <summary>Each URL once, with the first place that names it.</summary>
    public static IReadOnlyList<SceneSource> Of(CreateRenderRequest scene)
    {
        IEnumerable<SceneSource> background = scene.BackgroundImageUrl is { } url ? [new(url, "background_image_url")] : [];
        return [.. background.Concat(Of(scene.Elements ?? [], "elements")).DistinctBy(source => source.Url)];
    }

    static IEnumerable<SceneSource> Of(IReadOnlyList<SceneElement> elements, string place) => elements.SelectMany((element, index) => Of(element, $"{place}[{index}]"));

    static IEnumerable<SceneSource> Of(SceneElement element, string at) => element switch
    {
        PictureElement { LutUrl: { } lut } picture => [new(picture.SourceUrl, $"{at}.source_url"), new(lut, $"{at}.lut_url") { IsLut = true }],
        PictureElement picture => [new(picture.SourceUrl, $"{at}.source_url")],
        AudioElement audio => [new(audio.SourceUrl, $"{at}.source_url")],
        CompositionElement composition => Of(composition.Elements ?? [], $"{at}.elements"),
        _ => [],
    };
}

/// <param name="Place">Where the scene names it, such as <c>elements[0].source_url</c>.</param>
public sealed record SceneSource(string Url, string Place)
{
    /// <summary>It is a table of colours: a text, and no media.</summary>
    public bool IsLut { get; init; }
}
