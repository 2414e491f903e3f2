using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Engine;

/// <summary>The plan's text over the whole output: bottom right, as high as 4 % of it, in front of all else.</summary>
static class Watermark
{
    const double Size = 0.04, Margin = 0.02;

    /// <summary>Adds it to a scene, last, so that every other element keeps its place.</summary>
    /// <param name="duration">Seconds of the output, which the text does not make longer.</param>
    public static CreateRenderRequest On(CreateRenderRequest scene, string text, int width, int height, double duration) => scene with
    {
        Duration = duration,
        Elements = [.. scene.Elements.Select(Behind), Mark(text, width, height)],
        Transitions = [.. scene.Transitions.Select(transition => transition with { ZIndex = Behind(transition.ZIndex) })],
    };

    // Of those equally high the earlier is in front, so nothing is as high.
    static SceneElement Behind(SceneElement element) => element is VisualElement visual ? visual with { ZIndex = Behind(visual.ZIndex) } : element;

    static int? Behind(int? zIndex) => zIndex is int.MaxValue ? int.MaxValue - 1 : zIndex;

    static TextElement Mark(string text, int width, int height) => new()
    {
        Text = text,
        // Whatever instant is drawn, it is on it.
        Duration = double.PositiveInfinity,
        ZIndex = int.MaxValue,
        X = Dimension.Number(width - Margin * height),
        XAnchor = Dimension.Percent(100),
        Y = Dimension.Number(height - Margin * height),
        YAnchor = Dimension.Percent(100),
        Width = Dimension.Percent(100),
        Height = Dimension.Number(Math.Max(1, Size * height)),
        FontSize = Size * height,
        FontWeight = 600,
        Leading = 1,
        TextAlign = TextAlign.Right,
        TextWrap = TextWrap.Nowrap,
        Opacity = 85,
        Shadow = true,
    };
}
