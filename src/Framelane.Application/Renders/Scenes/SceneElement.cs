using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Framelane.Application.Common;

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
    [Range(0, 255)]
    public int Track { get; init; }

    /// <summary>Seconds from the beginning at which it starts, from 0.</summary>
    [Range(0.0, double.MaxValue)]
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
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double? AspectRatio { get; init; }

    /// <summary>The point that lies at <c>x</c> and is turned and scaled about: pixels, or per cent of the element's width.</summary>
    public Dimension XAnchor { get; init; } = Dimension.Percent(50);

    /// <summary>The point that lies at <c>y</c> and is turned and scaled about: pixels, or per cent of the element's height.</summary>
    public Dimension YAnchor { get; init; } = Dimension.Percent(50);

    /// <summary>About the horizontal axis, after the other two, in perspective before the canvas's middle: positive tips the upper edge away.</summary>
    public Dimension XRotation { get; init; } = Dimension.Degrees(0);

    /// <summary>About the vertical axis, after <c>z_rotation</c>, in perspective: positive turns the right edge away.</summary>
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
    [Range(0.0, 100.0)]
    public double Opacity { get; init; } = 100;

    /// <summary>Higher is in front, and of equal ones the earlier in the list. Left out: 1 for a text, 0 for everything else.</summary>
    public int? ZIndex { get; init; }

    public BlendMode BlendMode { get; init; } = BlendMode.None;

    /// <summary>Shows it only where what lies directly behind it, the next element or the background, is opaque.</summary>
    public bool Clip { get; init; }

    /// <summary>A colour over it, as opaque as its alpha says, where the element itself is opaque.</summary>
    public string? ColorOverlay { get; init; }

    public Fit Fit { get; init; } = Fit.Cover;

    /// <summary>Pixels, from 0.</summary>
    [Range(0.0, double.MaxValue)]
    public double BorderRadius { get; init; }

    public string? BorderColor { get; init; }

    /// <summary>Pixels, from 0, drawn inside the box.</summary>
    [Range(0.0, double.MaxValue)]
    public double BorderWidth { get; init; }

    public string? ShadowColor { get; init; }

    /// <summary>Pixels, from 0: the standard deviation is half of it, as in CSS.</summary>
    [Range(0.0, double.MaxValue)]
    public double ShadowBlur { get; init; }

    /// <summary>Pixels.</summary>
    public double ShadowX { get; init; }

    /// <summary>Pixels.</summary>
    public double ShadowY { get; init; }

    /// <summary>Its motions: a list, or the one alone.</summary>
    [TakesOne]
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
    [Range(0.0, 1.0)]
    public double CropTop { get; init; }

    [Range(0.0, 1.0)]
    public double CropBottom { get; init; }

    [Range(0.0, 1.0)]
    public double CropLeft { get; init; }

    [Range(0.0, 1.0)]
    public double CropRight { get; init; }

    /// <summary>−100 to 100.</summary>
    [Range(-100.0, 100.0)]
    public double Brightness { get; init; }

    /// <summary>−100 to 100.</summary>
    [Range(-100.0, 100.0)]
    public double Contrast { get; init; }

    /// <summary>−100 to 100.</summary>
    [Range(-100.0, 100.0)]
    public double Saturation { get; init; }

    /// <summary>−100 to 100: two stops of light each way.</summary>
    [Range(-100.0, 100.0)]
    public double Exposure { get; init; }

    /// <summary>0 to 100.</summary>
    [Range(0.0, 100.0)]
    public double Sharpness { get; init; }

    /// <summary>0 to 100: at 100 the standard deviation is a twentieth of the shorter side of what is shown of the picture.</summary>
    [Range(0.0, 100.0)]
    public double Blur { get; init; }

    /// <summary>0 to 100.</summary>
    [Range(0.0, 100.0)]
    public double Noise { get; init; }

    /// <summary>0 to 100.</summary>
    [Range(0.0, 100.0)]
    public double Vignette { get; init; }

    /// <summary>Degrees, −180 to 180.</summary>
    [Range(-180.0, 180.0)]
    public double HueRotate { get; init; }

    /// <summary>A <c>.cube</c> file.</summary>
    public string? LutUrl { get; init; }

    /// <summary>0 to 100.</summary>
    [Range(0.0, 100.0)]
    public double LutIntensity { get; init; } = 100;

    public IReadOnlyList<SceneEffect> Effects { get; init; } = [];
}
