using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Compositing;

/// <summary>What a frame's sources look like at its instant. The compositor reads the buffers only while it draws that frame.</summary>
public interface ISourcePictures
{
    /// <summary>The image, which covers the canvas, or null.</summary>
    PixelBuffer? Background { get; }

    /// <summary>The picture of a video or image at the layer's source time; null where there is none.</summary>
    PixelBuffer? Of(PlannedLayer layer);

    /// <summary>The same picture as its file keeps it; null where the file keeps another kind, and where there is none.</summary>
    PlanarPicture? PlanesOf(PlannedLayer layer) => null;

    /// <summary>The table of a <c>.cube</c> file, or null.</summary>
    CubeLut? Lut(string url);
}
