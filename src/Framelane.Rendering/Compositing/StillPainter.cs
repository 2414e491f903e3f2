using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;
using SkiaSharp;

namespace Framelane.Rendering.Compositing;

/// <summary>Draws images that look the same in every frame: each is scaled, turned and styled once, and then only copied. For one thread.</summary>
/// <param name="draw">Draws a layer's content and style at its place, without its opacity.</param>
sealed class StillPainter(KeptPixels kept, Action<SKCanvas, FramePlan, PlannedLayer, ISourcePictures> draw) : IDisposable
{
    readonly Dictionary<Layer, Still> stills = new(ReferenceEqualityComparer.Instance);

    /// <summary>By what a scene says of it, and not by what the last frame was: a frame does not depend on the ones before.</summary>
    public static bool Takes(PlannedLayer layer) => layer.Element is ImageElement { Motion.Count: 0, Effects.Count: 0, Noise: 0 };

    public void Draw(SKCanvas canvas, FramePlan plan, PlannedLayer layer, ISourcePictures sources, SKBlendMode blend)
    {
        if (sources.Of(layer) is not { } source)
            return;
        if (!stills.TryGetValue(layer.Layer, out var still))
            stills[layer.Layer] = still = new();
        if (still.Of(source, Where(plan, layer), surface => draw(surface, plan, layer, sources)) is not { } pixels)
            return;
        pixels.DrawOn(canvas, still.Area.Left, still.Area.Top, blend, layer.Opacity);
        kept.Keep(still);
    }

    public void Dispose()
    {
        foreach (var still in stills.Values)
            still.Dispose();
    }

    static Area Where(FramePlan plan, PlannedLayer layer)
    {
        var reach = Reach.Of(layer, plan.Width, plan.Height) ?? new(0, 0, plan.Width, plan.Height);
        return reach.Within(plan.Width, plan.Height);
    }

    sealed class Still : IKeptPixels, IDisposable
    {
        PixelBuffer? pixels, drawnFrom;

        public Area Area { get; private set; }

        public long Bytes => pixels is null ? 0 : (long)pixels.Stride * pixels.Height;

        /// <returns>Null where nothing of it is on the canvas.</returns>
        public PixelBuffer? Of(PixelBuffer source, Area area, Action<SKCanvas> draw)
        {
            if (area.IsEmpty)
                return null;
            // An image that was dropped and decoded again has another buffer.
            if (pixels is not null && drawnFrom == source)
                return pixels;
            Forget();
            pixels = new(area.Width, area.Height);
            (drawnFrom, Area) = (source, area);
            pixels.Bytes.Clear();
            using var surface = pixels.ToSurface();
            surface.Canvas.Translate(-area.Left, -area.Top);
            draw(surface.Canvas);
            surface.Flush();
            return pixels;
        }

        public void Dispose() => Forget();

        public void Forget()
        {
            pixels?.Dispose();
            (pixels, drawnFrom) = (null, null);
        }
    }
}
