using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;

namespace Framelane.Rendering.Engine;

/// <summary>What a scene is written as: how many frames, at which instants.</summary>
/// <param name="Warnings">Of the kind itself.</param>
sealed record OutputKind(string Extension, string ContentType, FrameRate Rate, IReadOnlyList<string> Warnings)
{
    /// <summary>A gif's frames last a whole number of hundredths of a second, and browsers slow down those of one.</summary>
    const int GifClock = 100, ShortestGifFrame = 2;

    public static OutputKind Of(CreateRenderRequest scene)
    {
        var rate = new FrameRate(scene.FrameRate);
        return scene.OutputFormat switch
        {
            OutputFormat.Mp4 => new(".mp4", "video/mp4", rate, []),
            OutputFormat.Webm => new(".webm", "video/webm", rate, []),
            OutputFormat.Mov => new(".mov", "video/quicktime", rate, []),
            OutputFormat.Gif => Gif(scene.FrameRate),
            OutputFormat.Png => new(".png", "image/png", rate, []),
            OutputFormat.Jpg => new(".jpg", "image/jpeg", rate, []),
            _ => throw new ArgumentOutOfRangeException(nameof(scene), scene.OutputFormat, null),
        };
    }

    /// <summary>Seconds on the timeline.</summary>
    public IEnumerable<double> Instants(CreateRenderRequest scene, double duration)
    {
        if (scene.OutputFormat.IsStill())
            return [StillAt(scene, duration)];
        return Enumerable.Range(0, Frames(duration)).Select(frame => Timelines.Instants.OfFrame(frame, Rate.PerSecond));
    }

    /// <summary>The second that a still shows. At the end, and after it, nothing is seen any more: that is the last frame.</summary>
    public double StillAt(CreateRenderRequest scene, double duration) => scene.FrameAt switch
    {
        null => Timelines.Instants.Snap(duration / 2),
        { } at when Timelines.Instants.Snap(at) < Timelines.Instants.Snap(duration) => Timelines.Instants.Snap(at),
        _ => Timelines.Instants.OfFrame(Frames(duration) - 1, Rate.PerSecond),
    };

    /// <summary>What will not be as it is asked for, a sentence each.</summary>
    public IReadOnlyList<string> WarningsOf(CreateRenderRequest scene, double duration) =>
        scene.OutputFormat.IsStill() && scene.FrameAt is { } at && Timelines.Instants.Snap(at) > Timelines.Instants.Snap(duration)
            ? [.. Warnings, FormattableString.Invariant($"frame_at, {at:0.######} s, lies after the end at {duration:0.######} s; the last frame is shown.")]
            : Warnings;

    /// <summary>Seconds that all frames last together.</summary>
    public double Length(double duration) => Frames(duration) / Rate.PerSecond;

    /// <summary>How many, of what is no still.</summary>
    public int Frames(double duration) => Timelines.Instants.Frames(duration, Rate.PerSecond);

    static OutputKind Gif(int frameRate)
    {
        // The nearest rate, which the nearest length is not: 29 is nearer to 25 than to 33⅓.
        var hundredths = Math.Max(ShortestGifFrame, GifClock / frameRate);
        var (above, below) = (new FrameRate(GifClock, hundredths), new FrameRate(GifClock, hundredths + 1));
        var rate = Math.Abs(above.PerSecond - frameRate) <= Math.Abs(frameRate - below.PerSecond) ? above : below;
        return new(".gif", "image/gif", rate, rate.Frames == frameRate * rate.Seconds
            ? []
            : [FormattableString.Invariant($"A gif cannot have {frameRate} frames a second; it has {rate.PerSecond:0.##}.")]);
    }
}
