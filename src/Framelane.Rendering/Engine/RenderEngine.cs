using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Source frames → compositor → encoder, a frame at a time: one is encoded while the next is drawn.</summary>
public sealed class RenderEngine(MediaTool tool, IMediaProbe probe, FontLibrary? fonts = null) : IRenderEngine
{
    const string SoundFile = "sound.wav", OutputName = "output";

    public async Task<RenderOutput> RenderAsync(RenderOrder order, IProgress<RenderProgress> progress, CancellationToken cancellationToken)
    {
        var scene = order.Scene;
        var sources = await Sources.ProbeAsync(probe, scene, order.Sources, cancellationToken);
        var timeline = Timeline.Of(scene, sources.Facts);
        if (timeline.Duration > order.Limits.OutputDuration.TotalSeconds)
            throw new MediaException(MediaErrorCodes.SourceTooLarge, FormattableString.Invariant($"The output would last {timeline.Duration:0.###} s; at most {order.Limits.OutputDuration.TotalSeconds:0.###} s are allowed."));

        var kind = OutputKind.Of(scene);
        var format = new VideoFormat(scene.OutputFormat, timeline.Width, timeline.Height, kind.Rate, HasAlpha(scene), scene.Quality)
        {
            Sound = await MixAsync(order, sources, timeline, kind, cancellationToken),
            LargestFile = order.Limits.OutputBytes,
        };
        var path = Path.Combine(order.Folder, OutputName + kind.Extension);
        await EncodeAsync(order, sources, timeline, kind, format, path, progress, cancellationToken);

        var (width, height) = EncodedSize(format);
        return new(
            path, kind.ContentType, width, height, format.IsStill ? null : kind.Length(timeline.Duration), new FileInfo(path).Length,
            [.. timeline.Warnings, .. kind.Warnings]);
    }

    /// <remarks>A png keeps what its background leaves open.</remarks>
    static bool HasAlpha(CreateRenderRequest scene) => scene.Alpha || scene.OutputFormat == OutputFormat.Png;

    static (int Width, int Height) EncodedSize(VideoFormat format) => format.Container.IsVideo()
        ? (format.Width + 1 & ~1, format.Height + 1 & ~1)
        : (format.Width, format.Height);

    async Task<string?> MixAsync(RenderOrder order, Sources sources, Timeline timeline, OutputKind kind, CancellationToken cancellationToken)
    {
        if (!order.Scene.OutputFormat.IsVideo())
            return null;
        var tracks = SoundPlan.Of(order.Scene, sources, timeline.Duration);
        if (tracks.Count == 0)
            return null;
        var path = Path.Combine(order.Folder, SoundFile);
        try
        {
            await new SoundMixer(tool).MixAsync(tracks, kind.Length(timeline.Duration), path, cancellationToken);
            return path;
        }
        catch (MediaException failure) when (failure.Code == MediaErrorCodes.InvalidSource)
        {
            throw await BlameAsync(tracks, sources, path, cancellationToken) ?? failure;
        }
    }

    /// <summary>Which of the tracks it was that could not be mixed, found by trying each alone.</summary>
    async Task<MediaException?> BlameAsync(IReadOnlyList<SoundTrack> tracks, Sources sources, string path, CancellationToken cancellationToken)
    {
        foreach (var track in tracks.DistinctBy(track => track.Path))
        {
            try
            {
                await new SoundMixer(tool).MixAsync([track with { Start = 0 }], track.Length, path, cancellationToken);
            }
            catch (MediaException failure)
            {
                return sources.Named(sources.UrlOf(track.Path), failure);
            }
        }

        return null;
    }

    async Task EncodeAsync(
        RenderOrder order, Sources sources, Timeline timeline, OutputKind kind, VideoFormat format, string path,
        IProgress<RenderProgress> progress, CancellationToken cancellationToken)
    {
        var scene = order.Scene;
        using var compositor = new Compositor(scene, fonts);
        await using var feed = new SourceFeed(tool, sources, scene, kind.Rate, order.Limits.PictureBytes);
        await using var writer = await VideoWriter.OpenAsync(tool, format, path);
        using var first = new PixelBuffer(timeline.Width, timeline.Height);
        using var second = new PixelBuffer(timeline.Width, timeline.Height);
        var (target, other) = (first, second);
        var writing = Task.CompletedTask;
        try
        {
            var instants = kind.Instants(scene, timeline.Duration).ToArray();
            for (var frame = 0; frame < instants.Length; frame++)
            {
                var plan = timeline.At(instants[frame]);
                await feed.PrepareAsync(plan, cancellationToken);
                compositor.Draw(plan, feed, target);
                await writing;
                var drawn = target;
                writing = Task.Run(() => writer.WriteAsync(drawn, cancellationToken).AsTask(), cancellationToken);
                (target, other) = (other, target);
                progress.Report(new(RenderStage.Compositing, 100d * (frame + 1) / instants.Length));
            }
        }
        finally
        {
            // Nobody may still read a buffer that is given back.
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await writing;
        progress.Report(new(RenderStage.Encoding, 100));
        await writer.FinishAsync(cancellationToken);
    }
}
