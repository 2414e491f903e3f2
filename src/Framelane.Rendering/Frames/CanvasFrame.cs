namespace Framelane.Rendering.Frames;

/// <summary>A frame on its way from the compositor to the encoder: pixels, or, where a video shows through unchanged, that video's planes with
/// areas of pixels over them. So most of a video is neither turned into pixels nor back.</summary>
public sealed class CanvasFrame : IDisposable
{
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="takesPlanes">Whether the encoder does.</param>
    public CanvasFrame(int width, int height, bool takesPlanes)
    {
        Pixels = new(width, height);
        Planes = takesPlanes && PlanarPicture.Takes(width, height) ? new(width, height) : null;
    }

    public PixelBuffer Pixels { get; }

    /// <summary>Null where there can be none.</summary>
    public PlanarPicture? Planes { get; }

    /// <summary>Null where the pixels are the frame; else the planes are, but for these areas, which do not overlap and are the pixels'.</summary>
    public IReadOnlyList<Area>? DrawnOver { get; internal set; }

    public void Dispose() => Pixels.Dispose();
}
