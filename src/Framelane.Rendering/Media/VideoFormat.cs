using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Media;

/// <summary>What is written.</summary>
/// <param name="Width">Pixels of the frames; where the codec halves colour, an odd size is padded to even.</param>
/// <param name="HasAlpha">Kept with webm, mov and png alone.</param>
/// <param name="Sound">What is mixed and muxed in; null for none.</param>
public sealed record VideoFormat(
    OutputFormat Container, int Width, int Height, FrameRate Rate, bool HasAlpha = false, RenderQuality Quality = RenderQuality.Standard, SoundMix? Sound = null)
{
    /// <summary>Bytes of the largest file.</summary>
    public long LargestFile { get; init; } = 20L << 30;

    internal bool IsStill => Container.IsStill();

    /// <summary>Whether frames go to ffmpeg as yuv420p; as straight BGRA where that would lose alpha or colour.</summary>
    internal bool IsYuv => !HasAlpha && Container.IsVideo();

    /// <summary>Pixels of what is written, with the padding.</summary>
    internal int EncodedWidth => Padded(Width);

    /// <summary>Pixels of what is written, with the padding.</summary>
    internal int EncodedHeight => Padded(Height);

    // ProRes 4444 halves nothing.
    int Padded(int side) => Container.IsVideo() && !(Container is OutputFormat.Mov && HasAlpha) ? (side + 1) & ~1 : side;
}
