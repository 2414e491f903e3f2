using Framelane.Rendering.Compositing;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Effects;

/// <summary>Changes a picture in place; buffers that it needs meanwhile come from the pool.</summary>
delegate void PictureChange(PixelBuffer picture, BufferPool pool);

/// <summary>What is done to a layer's own pixels before it is placed: its colours, its table, then its effects in their order.</summary>
static class PictureChanges
{
    public static IReadOnlyList<PictureChange> Of(PlannedLayer layer, ISourcePictures sources) => [];

    public static void Copy(PixelBuffer source, int left, int top, PixelBuffer target)
    {
        for (var y = 0; y < target.Height; y++)
        {
            var row = source.Row(Math.Min(top + y, source.Height - 1));
            row.Slice(Math.Min(left, source.Width - target.Width) * PixelBuffer.BytesPerPixel, target.Stride).CopyTo(target.Row(y));
        }
    }
}
