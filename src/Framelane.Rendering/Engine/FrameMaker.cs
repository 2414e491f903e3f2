using Framelane.Application.Abstractions;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Source frames → compositor → encoder, a frame at a time: one is encoded while the next is drawn and those after it are decoded.</summary>
sealed class FrameMaker(MediaTool tool, RenderOrder order, Sources sources, Timeline timeline, OutputKind kind, FontLibrary? fonts)
{
    /// <summary>Seconds between a frame's being planned and drawn, in which its sources' decoders start.</summary>
    const double Ahead = 1;

    readonly Queue<FramePlan> coming = [];

    /// <returns>Whether there was nothing to complain of.</returns>
    public async Task<bool> EncodeAsync(VideoFormat format, string path, IProgress<RenderProgress> progress, CancellationToken cancellationToken)
    {
        using var compositor = new Compositor(order.Scene, fonts, cancellationToken);
        await using var feed = new SourceFeed(tool, sources, order.Scene, timeline, kind.Rate, order.Limits.PictureBytes, order.Limits.Videos, cancellationToken);
        await using var writer = await VideoWriter.OpenAsync(tool, format, path);
        using var first = new CanvasFrame(timeline.Width, timeline.Height, format.IsYuv);
        using var second = new CanvasFrame(timeline.Width, timeline.Height, format.IsYuv);
        var (target, other) = (first, second);
        var writing = Task.CompletedTask;
        try
        {
            var instants = kind.Instants(order.Scene, timeline.Duration).ToArray();
            for (var frame = 0; frame < instants.Length; frame++)
            {
                var plan = await NextAsync(feed, instants, frame);
                await feed.PrepareAsync(plan, frame);
                compositor.Draw(plan, feed, target);
                await writing;
                writing = writer.WriteAsync(target, cancellationToken).AsTask();
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
        return await writer.FinishAsync(cancellationToken);
    }

    async ValueTask<FramePlan> NextAsync(SourceFeed feed, double[] instants, int frame)
    {
        var end = Math.Min(instants.Length, frame + 1 + (int)Math.Ceiling(kind.Rate.PerSecond * Ahead));
        for (var next = frame + coming.Count; next < end; next++)
        {
            var plan = timeline.At(instants[next]);
            await feed.AnnounceAsync(plan, next);
            coming.Enqueue(plan);
        }

        return coming.Dequeue();
    }
}
