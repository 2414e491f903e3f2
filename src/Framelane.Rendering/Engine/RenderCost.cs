using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>About how much work a render is: a sum over its frames of what is drawn, by its size, and of what encodes it.</summary>
/// <remarks>
/// The constants are round figures from renders of 60 to 240 frames at 1280×720 by the engine on two cores, where the processor time of its
/// process and of all media programs was counted and divided by frames and megapixels: a clip of moving test pictures with some noise alone
/// (20 to 50 ms as mp4 by how much noise, of which an empty scene has 12), in each format and quality, beside a quarter-size clip (5 more), with
/// an image (0) or a text (0 to 4) over it, with each of nine motions (2 to 16 more, 8 on average), thirteen effects (0 to 22 more, 10 on
/// average) and six transitions (hardly more than the second clip). Clips that are harder to encode take longer, and each kind of effect its
/// own time: it tells seconds from minutes.
/// </remarks>
/// <param name="CoreSeconds">Seconds of one core.</param>
readonly record struct RenderCost(double CoreSeconds)
{
    /// <summary>Core-seconds: of starting the encoder, and of looking at a source and opening it.</summary>
    const double Start = 0.1, Source = 0.5;

    /// <summary>Core-milliseconds a megapixel of a frame: of an element, and beside that where it is a video, or a picture that moves.</summary>
    const double Draw = 4, Video = 8, Moving = 8;

    /// <summary>Core-milliseconds a megapixel of a frame.</summary>
    const double Effect = 10, Transition = 5;

    /// <summary>Pixels of the unit.</summary>
    const double Megapixel = 1e6;

    /// <summary>Seconds on a machine with so many cores, which all have something to do most of the time.</summary>
    public double Seconds(int cores) => CoreSeconds / cores;

    /// <param name="instant">Seconds, of a still; null where it is all of the timeline.</param>
    public static RenderCost Of(CreateRenderRequest scene, Timeline timeline, OutputKind kind, double? instant)
    {
        var span = new Span(instant ?? 0, kind.Length(timeline.Duration), instant is null ? kind.Rate.PerSecond : null);
        var canvas = timeline.Width * (double)timeline.Height / Megapixel;
        return new(Start + (Source * SceneSources.Of(scene).Count) + (((Encode(scene) * canvas * span.Frames(0, double.MaxValue)) + Of(timeline, span)) / 1000));
    }

    /// <returns>Core-milliseconds a megapixel.</returns>
    static double Encode(CreateRenderRequest scene) => (scene.OutputFormat, scene.Quality) switch
    {
        (OutputFormat.Webm, RenderQuality.Draft) => 137,
        (OutputFormat.Webm, RenderQuality.Standard) => 175,
        (OutputFormat.Webm, _) => 203,
        (OutputFormat.Mov, _) when scene.Alpha => 179,
        (OutputFormat.Gif, _) => 86,
        (OutputFormat.Mp4 or OutputFormat.Mov, RenderQuality.High) => 54,
        (OutputFormat.Mp4 or OutputFormat.Mov, RenderQuality.Draft) => 10,
        _ => 17,
    };

    /// <returns>Core-milliseconds.</returns>
    static double Of(Timeline timeline, Span span)
    {
        var canvas = timeline.Width * (double)timeline.Height / Megapixel;
        return timeline.Layers.Where(layer => layer.Element.Visible).Sum(layer => Of(layer, canvas, span))
            + timeline.Transitions.Sum(window => span.Frames(window.Start, window.End) * canvas * Transition);
    }

    static double Of(Layer layer, double canvas, Span span)
    {
        var box = layer.Placement;
        var size = Math.Min(canvas, Math.Abs(box.Width * box.ScaleX * box.Height * box.ScaleY) / Megapixel);
        var frame = size * (Draw + (layer.Element is VideoElement ? Video : 0) + (layer.Element is { Motion.Count: > 0 } and not TextElement ? Moving : 0) + (Changes(layer.Element) * Effect));
        return (span.Frames(layer.ShownFrom, layer.End) * frame) + (layer.Nested is { } nested ? Of(nested, span.Within(layer.ShownFrom, layer.End)) : 0);
    }

    /// <summary>How often all pixels of the element's picture are changed.</summary>
    static int Changes(VisualElement element) => element switch
    {
        PictureElement picture => picture.Effects.Count + new[] { picture.Sharpness, picture.Blur, picture.Noise, picture.Vignette }.Count(each => each != 0)
            + (picture is { LutUrl: null, Brightness: 0, Contrast: 0, Saturation: 0, Exposure: 0, HueRotate: 0 } ? 0 : 1),
        CompositionElement composition => composition.Effects.Count,
        _ => 0,
    };

    /// <summary>What is rendered of a timeline: all from one second to another, or one instant.</summary>
    /// <param name="Rate">Frames a second; null for the instant at <paramref name="From"/>.</param>
    readonly record struct Span(double From, double To, double? Rate)
    {
        public double Frames(double start, double end) =>
            Rate is { } rate ? Math.Max(0, Math.Min(end, To) - Math.Max(start, From)) * rate : From >= start && From < end ? 1 : 0;

        /// <summary>The same of a timeline that begins there.</summary>
        public Span Within(double start, double end) => Rate is null
            ? this with { From = From >= start && From < end ? From - start : double.MinValue }
            : new(Math.Max(0, From - start), Math.Max(0, Math.Min(end, To) - start), Rate);
    }
}
