using Framelane.Application.Abstractions;
using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Media;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Engine;

/// <summary>Frames of a scene as one picture. Each is made as a still of its instant is: its videos are opened there, and not read on to it.</summary>
sealed class SheetMaker(MediaTool tool, RenderOrder order, Sources sources, Timeline timeline, FrameRate rate, FontLibrary? fonts)
{
    /// <summary>Parts of the sheet that are made side by side: while one waits for its decoders the other draws.</summary>
    const int Hands = 2;

    readonly ContactSheet sheet = order.Sheet!;

    public async Task EncodeAsync(VideoFormat format, string path, CancellationToken cancellationToken)
    {
        using var whole = new PixelBuffer(format.Width, format.Height);
        await DrawAsync(whole, cancellationToken);
        await using var writer = await VideoWriter.OpenAsync(tool, format, path);
        await writer.WriteAsync(whole, cancellationToken);
        await writer.FinishAsync(cancellationToken);
    }

    async Task DrawAsync(PixelBuffer whole, CancellationToken cancellationToken)
    {
        var cells = sheet.Columns * sheet.Rows;
        var hands = Math.Min(Hands, cells);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task[] parts = [.. Enumerable.Range(0, hands).Select(hand => Task.Run(
            () => DrawAsync(whole, cells * hand / hands, cells * (hand + 1) / hands, ShareOf(hands), stop.Token), CancellationToken.None))];
        var first = await Task.WhenAny(parts);
        if (!first.IsCompletedSuccessfully)
            await stop.CancelAsync();

        // Nobody may still write to a buffer that is given back.
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
        await Task.WhenAll(parts);
    }

    RenderLimits ShareOf(int hands) => order.Limits with { PictureBytes = order.Limits.PictureBytes / hands, Videos = Math.Max(1, order.Limits.Videos / hands) };

    /// <param name="end">The first cell that is another's.</param>
    async Task DrawAsync(PixelBuffer whole, int start, int end, RenderLimits share, CancellationToken cancellationToken)
    {
        using var compositor = new Compositor(order.Scene, fonts, cancellationToken);
        using var cell = new PixelBuffer(timeline.Width, timeline.Height);
        await using var feed = new SourceFeed(tool, sources, order.Scene, timeline, rate, share.PictureBytes, share.Videos, cancellationToken);
        for (var index = start; index < end; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var plan = timeline.At(InstantOf(index));
            await feed.RewindAsync();
            await feed.AnnounceAsync(plan, index);
            await feed.PrepareAsync(plan, index);
            compositor.Draw(plan, feed, cell);
            Copy(cell, whole, index % sheet.Columns, index / sheet.Columns);
        }
    }

    double InstantOf(int index) => Instants.Snap(timeline.Duration * (index + 0.5) / (sheet.Columns * sheet.Rows));

    static void Copy(PixelBuffer cell, PixelBuffer whole, int column, int row)
    {
        for (var y = 0; y < cell.Height; y++)
            cell.Row(y).CopyTo(whole.Row((row * cell.Height) + y)[(column * cell.Stride)..]);
    }
}
