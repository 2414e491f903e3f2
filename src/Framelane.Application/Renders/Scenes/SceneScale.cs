namespace Framelane.Application.Renders.Scenes;

/// <summary>
/// The same scene on a smaller canvas: every number that counts pixels is smaller too. What is a share of something stays as it is:
/// percentages, scales, crops, angles, what is in em, and the intensities of effects, which count in shares of the picture.
/// </summary>
public static class SceneScale
{
    /// <summary>The largest factor, at most 1, by which neither side of the canvas is longer than that.</summary>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    public static double Within(CreateRenderRequest scene, double width, double height) =>
        Math.Min(1, Math.Min(width / (scene.Width ?? CreateRenderRequest.DefaultWidth), height / (scene.Height ?? CreateRenderRequest.DefaultHeight)));

    /// <param name="factor">Above 0; 1 gives the scene itself back.</param>
    /// <param name="leastSide">Pixels that a side of the canvas has at least.</param>
    public static CreateRenderRequest By(CreateRenderRequest scene, double factor, int leastSide = 1) => factor == 1 ? scene : scene with
    {
        Width = Side(scene.Width ?? CreateRenderRequest.DefaultWidth, factor, leastSide),
        Height = Side(scene.Height ?? CreateRenderRequest.DefaultHeight, factor, leastSide),
        Elements = Elements(scene.Elements, factor),
    };

    /// <param name="factor">Above 0; 1 gives the elements themselves back.</param>
    public static IReadOnlyList<SceneElement> Elements(IReadOnlyList<SceneElement> elements, double factor) => factor == 1 ? elements : [.. elements.Select(element => By(element, factor))];

    static int Side(int pixels, double factor, int least) => Math.Max(least, (int)Math.Round(pixels * factor, MidpointRounding.AwayFromZero));


    static SceneElement By(SceneElement element, double factor) => element switch
    {
        TextElement text => By((VisualElement)(text with
        {
            FontSize = text.FontSize * factor,
            XPadding = text.XPadding * factor,
            YPadding = text.YPadding * factor,
        }), factor),
        CompositionElement composition => By((VisualElement)(composition with { Elements = Elements(composition.Elements, factor) }), factor),
        VisualElement visual => By(visual, factor),
        _ => element,
    };

    static VisualElement By(VisualElement element, double factor) => element with
    {
        X = By(element.X, factor),
        Y = By(element.Y, factor),
        Width = element.Width is { } width ? By(width, factor) : null,
        Height = element.Height is { } height ? By(height, factor) : null,
        XAnchor = By(element.XAnchor, factor),
        YAnchor = By(element.YAnchor, factor),
        BorderRadius = element.BorderRadius * factor,
        BorderWidth = element.BorderWidth * factor,
        ShadowBlur = element.ShadowBlur * factor,
        ShadowX = element.ShadowX * factor,
        ShadowY = element.ShadowY * factor,
    };

    // A bare number counts pixels; all else is a share.
    static Dimension By(Dimension length, double factor) => length.Unit == DimensionUnit.Number ? length with { Value = length.Value * factor } : length;
}
