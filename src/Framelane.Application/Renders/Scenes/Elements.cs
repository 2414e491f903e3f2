using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Framelane.Application.Renders.Scenes;

/// <summary>What has sound takes of its source.</summary>
public interface ISoundingElement
{
    string SourceUrl { get; }

    double InPoint { get; }

    double? OutPoint { get; }

    double Speed { get; }

    double Volume { get; }

    double FadeInDuration { get; }

    double FadeOutDuration { get; }
}

/// <summary>A video with its sound. It lasts <c>(out_point − in_point) / speed</c>.</summary>
public sealed record VideoElement : PictureElement, ISoundingElement
{
    /// <summary>The source's second that is shown first, from 0.</summary>
    [Range(0.0, double.MaxValue)]
    public double InPoint { get; init; }

    /// <summary>The source's second at which it ends, after <c>in_point</c>; left out, the source's end. Beyond that the last frame stays.</summary>
    public double? OutPoint { get; init; }

    /// <summary>0.25 to 4; the sound keeps its pitch.</summary>
    [Range(0.25, 4.0)]
    public double Speed { get; init; } = 1;

    /// <summary>0 to 100.</summary>
    [Range(0.0, 100.0)]
    public double Volume { get; init; } = 100;

    /// <summary>Seconds, of the sound.</summary>
    [Range(0.0, double.MaxValue)]
    public double FadeInDuration { get; init; }

    /// <summary>Seconds, of the sound.</summary>
    [Range(0.0, double.MaxValue)]
    public double FadeOutDuration { get; init; }
}

/// <summary>Sound alone. It lasts <c>(out_point − in_point) / speed</c>.</summary>
public sealed record AudioElement : SceneElement, ISoundingElement
{
    public required string SourceUrl { get; init; }

    /// <summary>The source's second that is heard first, from 0.</summary>
    [Range(0.0, double.MaxValue)]
    public double InPoint { get; init; }

    /// <summary>The source's second that is heard last, after <c>in_point</c>; left out, the source's end.</summary>
    public double? OutPoint { get; init; }

    /// <summary>0.25 to 4; the pitch stays.</summary>
    [Range(0.25, 4.0)]
    public double Speed { get; init; } = 1;

    /// <summary>Above 0, to 100.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double Volume { get; init; } = 100;

    /// <summary>Seconds.</summary>
    [Range(0.0, double.MaxValue)]
    public double FadeInDuration { get; init; }

    /// <summary>Seconds.</summary>
    [Range(0.0, double.MaxValue)]
    public double FadeOutDuration { get; init; }
}

public sealed record ImageElement : PictureElement
{
    /// <summary>Seconds, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required double Duration { get; init; }
}

/// <summary>A text in its box: in the middle of its height, and beyond it on both sides alike where it does not fit.</summary>
public sealed record TextElement : VisualElement
{
    public const string DefaultFontFamily = "Inter";

    public required string Text { get; init; }

    /// <summary>Seconds, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required double Duration { get; init; }

    /// <summary>A font of this installation, or a family uploaded to the workspace. Signs that it lacks are taken from others.</summary>
    public string FontFamily { get; init; } = DefaultFontFamily;

    /// <summary>Pixels an em, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double FontSize { get; init; } = 16;

    /// <summary>100 to 900: the nearest that the family has.</summary>
    [Range(100, 900)]
    public int FontWeight { get; init; } = 400;

    /// <summary>Bold is a weight of at least 700. What the family lacks is made up.</summary>
    public FontStyle FontStyle { get; init; } = FontStyle.Normal;

    public string TextColor { get; init; } = "#ffffff";

    /// <summary>Where lines lie in the width of the box.</summary>
    public TextAlign TextAlign { get; init; } = TextAlign.Center;

    public TextDecoration TextDecoration { get; init; } = TextDecoration.None;

    /// <summary>Room between characters, in thousandths of an em; letters that join, as Arabic ones do, stay joined.</summary>
    public double Tracking { get; init; }

    /// <summary>From line to line, in em.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double Leading { get; init; } = 1.2;

    /// <summary>Left out, black.</summary>
    public string? StrokeColor { get; init; }

    /// <summary>In em, from 0: what is seen of the outline beside the letters. 0 is 0.05 where <c>stroke</c> is true.</summary>
    [Range(0.0, double.MaxValue)]
    public double StrokeWidth { get; init; }

    /// <summary>Left out, black. Also what a word animation marks with where there is no background, on which such a mark could not be seen.</summary>
    public string? BackgroundColor { get; init; }

    /// <summary>0 to 100.</summary>
    [Range(0.0, 100.0)]
    public double BackgroundOpacity { get; init; } = 100;

    /// <summary>Pixels between the text and the sides of its background, from 0.</summary>
    [Range(0.0, double.MaxValue)]
    public double XPadding { get; init; }

    /// <summary>Pixels between the text and the top and bottom of its background, from 0.</summary>
    [Range(0.0, double.MaxValue)]
    public double YPadding { get; init; }

    /// <summary>Draws a box behind the text, as wide as its widest line, with the corners of <c>border_radius</c>; lines are broken so that it stays within the element. Of <c>background</c>, <c>stroke</c> and <c>shadow</c> at most one is true.</summary>
    public bool Background { get; init; }

    /// <summary>Draws an outline round the letters.</summary>
    public bool Stroke { get; init; }

    /// <summary>Draws a shadow of the letters. Where <c>shadow_x</c>, <c>shadow_y</c> and <c>shadow_blur</c> are 0, one a twentieth of an em below and twice that soft.</summary>
    public bool Shadow { get; init; }

    /// <summary>Whether lines are broken at the width of the box: where Unicode allows it, and within a word that is wider.</summary>
    public TextWrap TextWrap { get; init; } = TextWrap.Wrap;

    public WordAnimation? WordAnimation { get; init; }

    /// <summary>A named entrance of the text, from the element's start: one of those that the catalogue lists with the element type text.</summary>
    public string? AnimationPreset { get; init; }

    /// <summary>Ignored, with a warning.</summary>
    public IReadOnlyList<SceneEffect> Effects { get; init; } = [];

    [JsonIgnore]
    public override int DefaultZIndex => 1;
}

/// <summary>A scene within the scene, on a canvas of its own <c>width</c> × <c>height</c>, drawn smaller and enlarged where a side has more than 8192 pixels; it holds no other composition.</summary>
public sealed record CompositionElement : VisualElement
{
    /// <summary>Seconds, above 0; left out, to the latest end of its own elements.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double? Duration { get; init; }

    public IReadOnlyList<SceneElement> Elements { get; init; } = [];

    public IReadOnlyList<SceneTransition> Transitions { get; init; } = [];

    public IReadOnlyList<SceneEffect> Effects { get; init; } = [];
}
