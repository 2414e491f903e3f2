namespace Framelane.Rendering.Frames;

/// <summary>A picture as video keeps it: a plane of luma, and two of chroma at half its sides. BT.709, limited range; both sides are even.</summary>
/// <param name="bytes">The three planes, one after the other.</param>
/// <param name="width">Pixels, even.</param>
/// <param name="height">Pixels, even.</param>
public sealed class PlanarPicture(byte[] bytes, int width, int height)
{
    public PlanarPicture(int width, int height)
        : this(GC.AllocateUninitializedArray<byte>(width * height * 3 / 2), width, height)
    {
    }

    public byte[] Bytes => bytes;

    /// <summary>Pixels.</summary>
    public int Width => width;

    /// <summary>Pixels.</summary>
    public int Height => height;

    /// <summary>Whether a canvas of that size can be kept so.</summary>
    public static bool Takes(int width, int height) => (width | height) % 2 == 0;
}
