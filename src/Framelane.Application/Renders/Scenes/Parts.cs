using System.ComponentModel.DataAnnotations;

namespace Framelane.Application.Renders.Scenes;

/// <summary>A change of those pixels of an element that are shown, applied in the list's order.</summary>
public sealed record SceneEffect
{
    /// <summary>One of the catalogue's effects.</summary>
    public required string Type { get; init; }

    /// <summary>0 to 100; 0 changes nothing.</summary>
    [Range(0.0, 100.0)]
    public double Intensity { get; init; } = 100;

    /// <summary>For <c>chroma_key</c>: the colours that become transparent.</summary>
    public ChromaSettings? ChromaSettings { get; init; }
}

/// <summary>A range of colours in HSL; hue in degrees, the rest 0 to 1.</summary>
public sealed record ChromaSettings
{
    [Range(0.0, 360.0)]
    public double HueMin { get; init; } = 80;

    /// <summary>Where it is below <c>hue_min</c>, the range goes through 0°.</summary>
    [Range(0.0, 360.0)]
    public double HueMax { get; init; } = 160;

    [Range(0.0, 1.0)]
    public double SatMin { get; init; } = 0.2;

    [Range(0.0, 1.0)]
    public double SatMax { get; init; } = 1;

    [Range(0.0, 1.0)]
    public double LumMin { get; init; } = 0.1;

    [Range(0.0, 1.0)]
    public double LumMax { get; init; } = 0.9;
}

/// <summary>How an element comes, goes or moves.</summary>
public sealed record ElementMotion
{
    /// <summary>One of the catalogue's motions.</summary>
    public required string Type { get; init; }

    /// <summary>Seconds from the beginning of the timeline, from 0.</summary>
    [Range(0.0, double.MaxValue)]
    public double Time { get; init; }

    /// <summary>Seconds, above 0; a loop's period.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required double Duration { get; init; }

    public Easing Easing { get; init; } = Easing.EaseInOut;

    /// <summary>True makes an entrance an exit. Left out, it is true for those that are exits only.</summary>
    public bool? Reversed { get; init; }

    public MotionScope Scope { get; init; } = MotionScope.Element;

    /// <summary>Seconds after <c>time</c> at which it begins, from 0; by character, from one to the next, and 0 shares the duration among them.</summary>
    [Range(0.0, double.MaxValue)]
    public double Delay { get; init; }

    /// <summary>Repeats it to the element's end.</summary>
    public bool Loop { get; init; }
}

/// <summary>How the words of a text are marked while they are spoken (glow, box, scale_pop, color), or come when they are (slide_up, fly_in). Marks have the text's <c>background_color</c>, or one of their own where it is left out or a background of the text would hide them.</summary>
public sealed record WordAnimation
{
    public required WordAnimationStyle Style { get; init; }

    public required IReadOnlyList<CaptionWord> Words { get; init; }
}

/// <summary>One spoken word, which the text holds after the words before it; seconds from the beginning of the timeline.</summary>
public sealed record CaptionWord
{
    public required string Text { get; init; }

    [Range(0.0, double.MaxValue)]
    public required double Start { get; init; }

    public required double End { get; init; }
}

/// <summary>How one element gives way to another: over the last seconds of <c>from_id</c>.</summary>
public sealed record SceneTransition
{
    /// <summary>One of the catalogue's transitions.</summary>
    public required string Type { get; init; }

    /// <summary>Seconds, above 0.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public required double Duration { get; init; }

    public required string FromId { get; init; }

    public required string ToId { get; init; }

    /// <summary>Where the pair is drawn meanwhile; left out, as high as the higher of the two.</summary>
    public int? ZIndex { get; init; }
}
