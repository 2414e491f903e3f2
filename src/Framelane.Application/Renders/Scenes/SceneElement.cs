using System.Text.Json.Serialization;

namespace Framelane.Application.Renders.Scenes;

/// <summary>One thing of a scene, told apart by <c>type</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(VideoElement), "video")]
[JsonDerivedType(typeof(AudioElement), "audio")]
[JsonDerivedType(typeof(ImageElement), "image")]
[JsonDerivedType(typeof(TextElement), "text")]
[JsonDerivedType(typeof(CompositionElement), "composition")]
public abstract record SceneElement
{
    /// <summary>What transitions name it by; unlike all others where it is not empty.</summary>
    public string Id { get; init; } = "";

    /// <summary>For people.</summary>
    public string? Name { get; init; }

    /// <summary>0 to 255; for people.</summary>
    public int Track { get; init; }

    /// <summary>Seconds from the beginning at which it starts, from 0.</summary>
    public double Time { get; init; }

    public bool Visible { get; init; } = true;
}

/// <summary>An element that is seen: its place and style.</summary>
public abstract record VisualElement : SceneElement
{
    /// <summary>Where the anchor lies: pixels, or per cent of the canvas's width.</summary>
    public Dimension X { get; init; } = Dimension.Percent(50);

    /// <summary>Where the anchor lies: pixels, or per cent of the canvas's height.</summary>
    public Dimension Y { get; init; } = Dimension.Percent(50);

    /// <summary>Pixels, or per cent of the canvas's width; left out, 100 %, or what <c>height</c> and <c>aspect_ratio</c> give.</summary>
    public Dimension? Width { get; init; }

    /// <summary>Pixels, or per cent of the canvas's height; left out, 100 %, or what <c>width</c> and <c>aspect_ratio</c> give.</summary>
    public Dimension? Height { get; init; }

    /// <summary>Width by height, above 0. Where both are given, or neither, the largest box of this shape inside them.</summary>
    public double? AspectRatio { get; init; }

    /// <summary>The point that lies at <c>x</c> and is turned and scaled about: pixels, or per cent of the element's width.</summary>
    public Dimension XAnchor { get; init; } = Dimension.Percent(50);

    /// <summary>The point that lies at <c>y</c> and is turned and scaled about: pixels, or per cent of the element's height.</summary>
    public Dimension YAnchor { get; init; } = Dimension.Percent(50);

    /// <summary>About the horizontal axis, in perspective: positive tips the upper edge away.</summary>
    public Dimension XRotation { get; init; } = Dimension.Degrees(0);

    /// <summary>About the vertical axis, in perspective: positive turns the right edge away.</summary>
    public Dimension YRotation { get; init; } = Dimension.Degrees(0);

    /// <summary>In the plane: positive is clockwise.</summary>
    public Dimension ZRotation { get; init; } = Dimension.Degrees(0);

    /// <summary>Per cent; negative mirrors.</summary>
    public Dimension XScale { get; init; } = Dimension.Percent(100);

    /// <summary>Per cent; negative mirrors.</summary>
    public Dimension YScale { get; init; } = Dimension.Percent(100);

    public bool FlipHorizontal { get; init; }

    public bool FlipVertical { get; init; }

    /// <summary>0 to 100.</summary>
    public double Opacity { get; init; } = 100;

    /// <summary>Higher is in front, and of equal ones the earlier in the list. Left out: 1 for a text, 0 for everything else.</summary>
    public int? ZIndex { get; init; }

    public BlendMode BlendMode { get; init; } = BlendMode.None;

    /// <summary>Shows it only where what lies directly behind it is opaque.</summary>
    public bool Clip { get; init; }

    /// <summary>A colour over it, as opaque as its alpha says, where the element itself is opaque.</summary>
    public string? ColorOverlay { get; init; }

    public Fit Fit { get; init; } = Fit.Cover;

    /// <summary>Pixels, from 0.</summary>
    public double BorderRadius { get; init; }

    public string? BorderColor { get; init; }

    /// <summary>Pixels, from 0, drawn inside the box.</summary>
    public double BorderWidth { get; init; }

    public string? ShadowColor { get; init; }

    /// <summary>Pixels, from 0: the standard deviation is half of it, as in CSS.</summary>
    public double ShadowBlur { get; init; }

    /// <summary>Pixels.</summary>
    public double ShadowX { get; init; }

    /// <summary>Pixels.</summary>
    public double ShadowY { get; init; }

    public IReadOnlyList<ElementMotion> Motion { get; init; } = [];

    /// <summary>What <see cref="ZIndex"/> is where it was left out.</summary>
    [JsonIgnore]
    public virtual int DefaultZIndex => 0;
}

/// <summary>A visual element that shows pixels of a source: crop, colour and effects.</summary>
public abstract record PictureElement : VisualElement
{
    public required string SourceUrl { get; init; }

    /// <summary>A share of the source, 0 to 1; opposite sides sum to less than 1.</summary>
    public double CropTop { get; init; }

    public double CropBottom { get; init; }

    public double CropLeft { get; init; }

    public double CropRight { get; init; }

    /// <summary>−100 to 100.</summary>
    public double Brightness { get; init; }

    /// <summary>−100 to 100.</summary>
    public double Contrast { get; init; }

    /// <summary>−100 to 100.</summary>
    public double Saturation { get; init; }

    /// <summary>−100 to 100.</summary>
    public double Exposure { get; init; }

    /// <summary>0 to 100.</summary>
    public double Sharpness { get; init; }

    /// <summary>0 to 100.</summary>
    public double Blur { get; init; }

    /// <summary>0 to 100.</summary>
    public double Noise { get; init; }

    /// <summary>0 to 100.</summary>
    public double Vignette { get; init; }

    /// <summary>Degrees, −180 to 180.</summary>
    public double HueRotate { get; init; }

    /// <summary>A <c>.cube</c> file.</summary>
    public string? LutUrl { get; init; }

    /// <summary>0 to 100.</summary>
    public double LutIntensity { get; init; } = 100;

    public IReadOnlyList<SceneEffect> Effects { get; init; } = [];
}
