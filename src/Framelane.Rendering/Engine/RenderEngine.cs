using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Probes a scene's sources, lays them out in time, and makes its picture and its sound side by side.</summary>
public sealed class RenderEngine(MediaTool tool, MediaProbe probe, FontLibrary? fonts = null) : IRenderEngine
{
    readonly EngineVersion version = new(probe, fonts ?? FontLibrary.Installed);

    public Task<string> VersionAsync(CancellationToken cancellationToken) => version.NameAsync(cancellationToken);

    const string OutputName = "output";

    public async Task<RenderOutput> RenderAsync(RenderOrder order, IProgress<RenderProgress> progress, CancellationToken cancellationToken)
    {
        var scene = order.Scene;
        var sources = await Sources.ProbeAsync(probe, order, MostPixels(order.Limits), cancellationToken);
        var timeline = Timeline.Of(scene, sources.Facts);
        if (!scene.OutputFormat.IsStill() && Instants.Snap(timeline.Duration) > order.Limits.OutputDuration.TotalSeconds)
            throw new MediaException(MediaErrorCodes.SourceTooLarge, FormattableString.Invariant($"The output would last {timeline.Duration:0.###} s; at most {order.Limits.OutputDuration.TotalSeconds:0.###} s are allowed."));

        var kind = OutputKind.Of(scene);
        var (marked, drawn) = order.Watermark is { Length: > 0 } watermark
            ? Marked(order, watermark, sources, timeline)
            : (order, timeline);
        using var own = await RenderFonts.OpenAsync(tool, fonts ?? FontLibrary.Installed, order, cancellationToken);
        var frames = new FrameMaker(tool, marked, sources, drawn, kind, own.Library);
        var (columns, rows) = order.Sheet is { } sheet ? (sheet.Columns, sheet.Rows) : (1, 1);
        var format = new VideoFormat(scene.OutputFormat, timeline.Width * columns, timeline.Height * rows, kind.Rate, SceneBackground.IsKeptOpen(scene), scene.Quality) { LargestFile = order.Limits.OutputBytes };
        var path = Path.Combine(order.Folder, OutputName + kind.Extension);
        var tracks = format.Container.IsVideo() ? SoundPlan.Of(scene, sources, timeline) : [];
        try
        {
            await CheckedAsync(
                token => sources.CheckAsync(probe, token),
                token => sources.CheckRestAsync(probe, token),
                token => order.Sheet is not null ? new SheetMaker(tool, marked, sources, drawn, kind.Rate, own.Library).EncodeAsync(format, path, token)
                    : tracks.Count == 0 ? frames.EncodeAsync(format, path, progress, token)
                    : WithSoundAsync(new SoundMaker(tool, sources, new(tracks, kind.Length(timeline.Duration)), order.Folder), frames, format, path, progress, token),
                cancellationToken);
        }
        catch
        {
            // The picture may be done when its sound or the check fails.
            File.Delete(path);
            throw;
        }

        return new(
            path, kind.ContentType, format.EncodedWidth, format.EncodedHeight, format.IsStill ? null : kind.Length(timeline.Duration), new FileInfo(path).Length,
            [.. timeline.Warnings, .. kind.WarningsOf(scene, timeline.Duration)])
        {
            SceneDuration = timeline.Duration,
        };
    }

    /// <summary>The encoder mixes the sound itself. Where it complains it does not say of what, and it counts frames and sound together before it
    /// gives up; whether the sound can be used is then found by mixing it alone.</summary>
    static async Task WithSoundAsync(
        SoundMaker sound, FrameMaker frames, VideoFormat format, string path, IProgress<RenderProgress> progress, CancellationToken cancellationToken)
    {
        try
        {
            if (await frames.EncodeAsync(format with { Sound = sound.Mix }, path, progress, cancellationToken))
                return;
        }
        catch (MediaException failure) when (failure.Code == MediaErrorCodes.InternalError)
        {
            await sound.TryAsync(cancellationToken);
            throw;
        }

        await sound.TryAsync(cancellationToken);
    }

    static (RenderOrder Order, Timeline Timeline) Marked(RenderOrder order, string watermark, Sources sources, Timeline timeline)
    {
        var scene = Watermark.On(order.Scene, watermark, timeline.Width, timeline.Height, timeline.Duration);
        return (order with { Scene = scene }, Timeline.Of(scene, sources.Facts));
    }

    /// <summary>Of a picture: what alone takes all that pictures may is not even looked at, for that decodes it.</summary>
    static int MostPixels(RenderLimits limits) => (int)Math.Min(SourceArguments.MostPixels, limits.PictureBytes / PixelBuffer.BytesPerPixel);

    /// <summary>Works while the sources are checked, which seldom finds anything. What it finds says more than how the work then fails.</summary>
    static async Task CheckedAsync(
        Func<CancellationToken, Task> check, Func<CancellationToken, Task> checkRest, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task checking = check(stop.Token), working = work(stop.Token);
        await Task.WhenAny(checking, working);
        if (checking is { IsCompleted: true, IsCompletedSuccessfully: false })
            await stop.CancelAsync();
        await Task.WhenAll(checking, working).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await checking;
        await checkRest(cancellationToken);
        await working;
    }
}
