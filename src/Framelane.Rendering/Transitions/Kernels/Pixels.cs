using System.Runtime.Intrinsics;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;

namespace Framelane.Rendering.Transitions.Kernels;

/// <summary>What two pixels that lie on each other become. A struct, so that it is inlined in the loop.</summary>
interface IPixelMix
{
    /// <summary>Blue, green, red and alpha, premultiplied, 0 to 1; colours beyond 0 to alpha are cut.</summary>
    Vector128<float> Of(Vector128<float> from, Vector128<float> to);
}

/// <summary>Makes one picture of two, pixel by pixel, alike all over.</summary>
static class Pixels
{
    public static void Mix<T>(PixelBuffer from, PixelBuffer to, PixelBuffer target, T mix)
        where T : struct, IPixelMix => Rows.ForEach(target.Height, y =>
    {
        var first = from.PixelsOf(y);
        var second = to.PixelsOf(y);
        var row = target.PixelsOf(y);
        for (var x = 0; x < row.Length; x++)
            row[x] = PixelKernel.Pack(mix.Of(PixelKernel.Unpack(first[x]), PixelKernel.Unpack(second[x])));
    });
}
