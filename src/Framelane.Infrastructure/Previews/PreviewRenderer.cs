using Framelane.Application.Abstractions;
using Framelane.Application.Common;
using Framelane.Application.Renders.Preview;
using Framelane.Domain.Common;
using Framelane.Infrastructure.Jobs;
using Framelane.Infrastructure.Leasing;
using Framelane.Infrastructure.Media;
using Microsoft.Extensions.Options;

namespace Framelane.Infrastructure.Previews;

/// <summary>Renders as a worker's run does, but for one who waits: in a place of its own, within a time of its own, and kept nowhere.</summary>
sealed class PreviewRenderer(
    SceneFiles files,
    IRenderEngine engine,
    IMediaTools tools,
    WorkFolder folders,
    PreviewPlaces places,
    IOptions<PreviewOptions> options,
    IOptions<MediaOptions> media,
    TimeProvider time) : IPreviewRenderer
{
    /// <summary>A picture of the longest sides, whose pixels do not compress at all.</summary>
    const long LargestPicture = 80L << 20;

    /// <summary>Each is decoded by a program of its own. A sheet's two halves have half of them each, enough for a grid of nine.</summary>
    const int MostVideos = 20;

    /// <summary>The process serves requests beside it.</summary>
    readonly RenderLimits limits = RenderRunner.Limits with { OutputBytes = LargestPicture, PictureBytes = options.Value.MaxPictureBytes, Videos = MostVideos };

    public async Task<Result<PreviewPicture>> RenderAsync(PreviewOrder order, CancellationToken cancellationToken)
    {
        var entered = await places.EnterAsync(order.WorkspaceId, cancellationToken);
        if (!entered.IsSuccess)
            return entered.Error;
        using var place = entered.Value;
        using var limit = new CancellationTokenSource(options.Value.TimeLimit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var folder = folders.MakeRun($"preview-{Guid.NewGuid():N}");
        try
        {
            return await RenderAsync(order, folder, stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // What was stopped may fail in its own way.
            cancellationToken.ThrowIfCancellationRequested();
            return PreviewErrors.TooSlow(options.Value.TimeLimit);
        }
        catch (MediaException)
        {
            // A program that is not there fails as one does that finds a source damaged.
            if ((await tools.CheckAsync(cancellationToken)).State == MediaToolsState.Missing)
                return PreviewErrors.NoPrograms;
            throw;
        }
        finally
        {
            WorkFolder.Remove(folder);
        }
    }

    async Task<PreviewPicture> RenderAsync(PreviewOrder order, string folder, CancellationToken cancellationToken)
    {
        var rendered = await files.OrderAsync(order.Scene, order.WorkspaceId, order.Stored, folder, limits, (_, _) => CheckSize(folder), cancellationToken);
        CheckSize(folder);
        var output = await engine.RenderAsync(rendered with { Sheet = order.Sheet }, new Nobody(), cancellationToken);
        return new(await File.ReadAllBytesAsync(output.Path, cancellationToken), output.SceneDuration, output.Warnings);
    }

    void CheckSize(string folder)
    {
        if (WorkFolder.BytesIn(folder) > media.Value.MaxJobBytes)
            throw SourceFaults.TooMuch(media.Value.MaxJobBytes);
    }

    /// <summary>The one who waits sees no progress.</summary>
    sealed class Nobody : IProgress<RenderProgress>
    {
        public void Report(RenderProgress value)
        {
        }
    }
}
