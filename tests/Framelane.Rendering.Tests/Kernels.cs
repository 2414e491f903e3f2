using System.Text;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Tests.Effects;
using Framelane.Rendering.Tests.Motions;
using Framelane.Rendering.Transitions;

namespace Framelane.Rendering.Tests;

/// <summary>One picture of each entry of the catalogue, drawn by whatever instructions the process may use.</summary>
static class Kernels
{
    // No multiple of eight, and none of sixteen.
    const int Width = 181, Height = 101;

    /// <summary>What all of them is drawn from: painted once, since to paint takes floating point too.</summary>
    public static byte[] PaintSource()
    {
        using var photograph = Photograph.Paint(Width, Height);
        return photograph.Bytes.ToArray();
    }

    /// <summary>The pictures' bytes by name, always in the same order.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Draw(byte[] source)
    {
        using var photograph = new PixelBuffer(Width, Height);
        source.CopyTo(photograph.Bytes);
        using var other = Pictures.Painted(Width, Height, (x, y) => new((byte)(x / 2), (byte)(y * 2), (byte)((x ^ y) % 100), 200));
        foreach (var effect in EffectRegistry.All)
        {
            using var drawn = Drawn.Effect(effect.Name, photograph, 0.8f);
            yield return ($"effect {effect.Name}", drawn.Bytes.ToArray());
        }

        foreach (var transition in TransitionRegistry.All)
        {
            using var drawn = new PixelBuffer(Width, Height);
            transition.Draw(photograph, other, 0.43, drawn);
            yield return ($"transition {transition.Name}", drawn.Bytes.ToArray());
        }

        foreach (var motion in MotionRegistry.All)
        {
            using var drawn = Stage.Draw(Stage.Image(Stage.Motion(motion.Name)), Stage.TimeOf(motion, 0.63));
            yield return ($"motion {motion.Name}", drawn.Bytes.ToArray());
        }

        using var graded = Stage.Draw(Graded, 1);
        yield return ("grading", graded.Bytes.ToArray());
        using var pictures = new Pictures().With("front", Width, Height, Stage.Front).With("table", CubeReader.Read(new MemoryStream(Encoding.ASCII.GetBytes(Table))));
        using var looked = pictures.Draw(Pictures.Scene(Width, Height, Pictures.Image("front") with { LutUrl = "table", LutIntensity = 70 }));
        yield return ("table of colours", looked.Bytes.ToArray());

        var toPlanes = new BgraToYuv(Width, Height);
        var planes = new byte[toPlanes.Length];
        toPlanes.Convert(photograph, planes);
        yield return ("planes of pixels", planes);
        using var pixels = new PixelBuffer(toPlanes.Width, toPlanes.Height);
        new YuvToBgra(YuvMatrix.Bt709, pixels.Width, pixels.Height).Convert(planes, pixels);
        yield return ("pixels of planes", pixels.Bytes.ToArray());
    }

    const string Table = "LUT_3D_SIZE 2\n0 0 0.1\n0.9 0.2 0\n0.1 1 0\n1 0.8 0.3\n0 0.1 0.9\n0.7 0 1\n0.2 0.9 1\n1 1 0.8\n";

    static ImageElement Graded => Stage.Image() with
    {
        Brightness = 12, Contrast = 20, Saturation = 30, Exposure = -10, Sharpness = 40, Blur = 15, Noise = 20, Vignette = 50, HueRotate = 35,
    };
}
