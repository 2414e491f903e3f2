namespace Framelane.Application.Renders.Scenes;

public enum OutputFormat
{
    Mp4,
    Webm,
    Mov,
    Gif,
    Png,
    Jpg,
}

public enum RenderQuality
{
    Draft,
    Standard,
    High,
}

/// <summary>How an element's colours meet those behind it, by the formulas of W3C Compositing and Blending Level 1.</summary>
public enum BlendMode
{
    None,
    Multiply,
    Screen,
    Overlay,
    Darken,
    Lighten,
    ColorDodge,
    ColorBurn,
    HardLight,
    SoftLight,
}

/// <summary>How a source of another shape fills its box: cut, with bars, or stretched.</summary>
public enum Fit
{
    Cover,
    Contain,
    Fill,
}

public enum Easing
{
    Linear,
    EaseIn,
    EaseOut,
    EaseInOut,
}

public enum FontStyle
{
    Normal,
    Italic,
    Bold,

    // One word on the wire: bolditalic.
    Bolditalic,
}

public enum TextAlign
{
    Left,
    Center,
    Right,
}

public enum TextDecoration
{
    None,
    Underline,
    Strikethrough,
}

public enum TextWrap
{
    Wrap,

    // One word on the wire: nowrap.
    Nowrap,
}

public enum MotionScope
{
    Element,
    Character,
}

public enum WordAnimationStyle
{
    Glow,
    Box,
    ScalePop,
    SlideUp,
    FlyIn,
    Color,
}
