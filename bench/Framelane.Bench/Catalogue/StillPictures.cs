using Framelane.Rendering.Compositing;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;

namespace Framelane.Bench.Catalogue;

/// <summary>One picture for every element.</summary>
sealed class StillPictures(PixelBuffer picture) : ISourcePictures
{
    public PixelBuffer? Background => null;

    public PixelBuffer? Of(PlannedLayer layer) => picture;

    public CubeLut? Lut(string url) => null;
}
