using System.ComponentModel.DataAnnotations;

namespace Framelane.Application.Renders.Scenes;

/// <summary>A scene: what is to be rendered, and as what (contract/scene.md). Also how a job keeps what it was asked for.</summary>
public sealed record CreateRenderRequest
{
    public const int MinSide = 16;
    public const int MaxSide = 8192;
    public const int DefaultWidth = 1280;
    public const int DefaultHeight = 720;
    public const int MaxFrameRate = 240;

    /// <summary>Seconds of the longest render; a still may be of a scene that lasts longer.</summary>
    public const double MaxSeconds = 7200;

    /// <summary>Seconds of a scene that neither says how long it is nor holds anything that does.</summary>
    public const double EmptyDuration = 10;

    /// <summary>Pixels, 16 to 8192; with <c>height</c>, or neither for 1280×720.</summary>
    [Range(MinSide, MaxSide)]
    public int? Width { get; init; }

    /// <summary>Pixels, 16 to 8192; with <c>width</c>, or neither for 1280×720.</summary>
    [Range(MinSide, MaxSide)]
    public int? Height { get; init; }

    /// <summary>Seconds, above 0; left out, to the latest end of an element, or 10 where there is none. At most 7200, but for png and jpg.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double? Duration { get; init; }

    /// <summary>Frames a second, 1 to 240.</summary>
    [Range(1, MaxFrameRate)]
    public int FrameRate { get; init; } = 30;

    public OutputFormat OutputFormat { get; init; } = OutputFormat.Mp4;

    /// <summary>The download's name, without extension.</summary>
    public string? OutputFilename { get; init; }

    /// <summary><c>#RRGGBB</c> or <c>#RRGGBBAA</c>. What it leaves open stays so in a png, and with <c>alpha</c>; all else has black behind it.</summary>
    public string BackgroundColor { get; init; } = "#000000ff";

    /// <summary>An image behind everything, which covers the canvas.</summary>
    public string? BackgroundImageUrl { get; init; }

    /// <summary>A transparent output; webm and mov have it. A png is as transparent as its <c>background_color</c>.</summary>
    public bool Alpha { get; init; }

    public IReadOnlyList<SceneElement> Elements { get; init; } = [];

    public IReadOnlyList<SceneTransition> Transitions { get; init; } = [];

    /// <summary>Echoed in the job and in every webhook.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>Where this job's events go, in place of the workspace's webhooks.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>True copies public sources into storage first and lists them as assets, all but tables of colours.</summary>
    public bool? IngestExternal { get; init; }

    /// <summary>For png and jpg: the second that is shown, not after the end; left out, the middle.</summary>
    [Range(0.0, double.MaxValue)]
    public double? FrameAt { get; init; }

    public RenderQuality Quality { get; init; } = RenderQuality.Standard;
}
