using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Text;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Draws planned frames. Holds nothing of one frame for the next but memory; for one thread.</summary>
public sealed class Compositor : IDisposable
{
    /// <summary>Of a canvas: above this share it is drawn as a whole.</summary>
    const double MostDrawnOver = 0.5;

    readonly BufferPool pool = new();
    readonly Backdrop backdrop;
    readonly LayerPainter painter;
    readonly TransitionPainter transitions;
    readonly ClipPainter clipped;
    readonly TextPainter texts;
    readonly Reach reach;
    readonly CancellationToken cancellationToken;
    YuvToBgra? toPixels;

    /// <param name="scene">A scene that was found valid.</param>
    /// <param name="fonts">What its texts are set in; the installed ones where it is left out.</param>
    /// <param name="cancellationToken">Ends a frame before its next picture, before the next change of one, or before the next characters of a text.</param>
    public Compositor(CreateRenderRequest scene, FontLibrary? fonts = null, CancellationToken cancellationToken = default)
    {
        this.cancellationToken = cancellationToken;
        backdrop = new(scene);
        var kept = new KeptPixels();
        texts = new(fonts ?? FontLibrary.Installed, kept, pool, cancellationToken);
        reach = new(texts);
        painter = new(pool, kept, texts, reach, DrawNested, cancellationToken);
        transitions = new(pool, DrawPicture, cancellationToken);
        clipped = new(pool, transitions, DrawPicture);
    }

    /// <summary>Fills the target, which has the plan's size; it is opaque unless the scene's output is transparent.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the target has a part of the frame.</exception>
    public void Draw(FramePlan plan, ISourcePictures sources, PixelBuffer target) =>
        DrawPictures(plan, sources, target, canvas => backdrop.Draw(canvas, plan.Width, plan.Height, sources.Background));

    /// <summary>The same, by way of a video's own planes where they show through in most of the canvas.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the target has a part of the frame.</exception>
    public void Draw(FramePlan plan, ISourcePictures sources, CanvasFrame target)
    {
        target.DrawnOver = null;
        if (target.Planes is { } planes && TryDraw(plan, sources, planes, target.Pixels) is { } drawn)
            target.DrawnOver = drawn;
        else
            Draw(plan, sources, target.Pixels);
    }

    public void Dispose()
    {
        painter.Dispose();
        texts.Dispose();
        pool.Dispose();
    }

    void DrawNested(FramePlan plan, ISourcePictures sources, PixelBuffer target) => DrawPictures(plan, sources, target, _ => { });

    void DrawPictures(FramePlan plan, ISourcePictures sources, PixelBuffer target, Action<SKCanvas> behindAll)
    {
        var hidden = Fill(plan, sources, target);
        using var surface = hidden == 0 ? Cleared(target) : target.ToSurface();
        if (hidden == 0)
            behindAll(surface.Canvas);
        clipped.Draw(surface.Canvas, plan, hidden, sources, behindAll, Blend);
        surface.Flush();
    }

    /// <returns>Where the pixels count and not the planes; null where nothing was drawn.</returns>
    IReadOnlyList<Area>? TryDraw(FramePlan plan, ISourcePictures sources, PlanarPicture planes, PixelBuffer target)
    {
        IReadOnlyList<Area> reached = [];
        for (var index = plan.Pictures.Count - 1; index >= 0; index--)
        {
            if (WholePicture.TryFill(plan, plan.Pictures[index], sources, planes))
            {
                DrawOver(plan, index + 1, sources, planes, target, reached);
                return reached;
            }

            if (reach.Of(plan, plan.Pictures[index]) is not { } area)
                return null;
            reached = Area.Apart([.. reached, area.Aligned(plan.Width, plan.Height)]);
            if (reached.Sum(each => each.Pixels) > (long)plan.Width * plan.Height * MostDrawnOver)
                return null;
        }

        return null;
    }

    void DrawOver(FramePlan plan, int first, ISourcePictures sources, PlanarPicture planes, PixelBuffer target, IReadOnlyList<Area> areas)
    {
        if (areas.Count == 0)
            return;
        toPixels ??= new(YuvMatrix.Bt709, plan.Width, plan.Height);
        foreach (var area in areas)
            toPixels.Convert(planes.Bytes, target, area);
        using var surface = target.ToSurface();
        for (var index = first; index < plan.Pictures.Count; index++)
            DrawPicture(surface.Canvas, plan, plan.Pictures[index], sources, Blend(plan.Pictures[index]));
        surface.Flush();
    }

    /// <summary>Copies the foremost picture that hides all behind it.</summary>
    /// <returns>How many pictures need not be drawn any more.</returns>
    static int Fill(FramePlan plan, ISourcePictures sources, PixelBuffer target)
    {
        for (var index = plan.Pictures.Count - 1; index >= 0; index--)
        {
            if (WholePicture.TryFill(plan, plan.Pictures[index], sources, target))
                return index + 1;
        }

        return 0;
    }

    void DrawPicture(SKCanvas canvas, FramePlan plan, PlannedPicture picture, ISourcePictures sources, SKBlendMode blend)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (picture is PlannedTransition transition)
            transitions.Draw(canvas, plan, transition, sources, blend);
        else if (picture is PlannedLayer layer)
            painter.Draw(canvas, plan, layer, sources, blend);
    }

    static SKSurface Cleared(PixelBuffer target)
    {
        target.Bytes.Clear();
        return target.ToSurface();
    }

    // Those that blend alike still do so while one gives way to the other.
    static SKBlendMode Blend(PlannedPicture picture) =>
        Sides(picture).Select(layer => layer.Element.BlendMode).Distinct().ToArray() is [var alike] ? alike.ToSkia() : SKBlendMode.SrcOver;

    static IReadOnlyList<PlannedLayer> Sides(PlannedPicture picture) => picture is PlannedTransition transition ? transition.Sides : [(PlannedLayer)picture];
}
