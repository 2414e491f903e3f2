using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
    public const string Argument = "kernels";

    // No multiple of eight, and none of sixteen.
    const int Width = 181, Height = 101;

    public static string Instructions => $"vectors of 256 bits: {Vector256.IsHardwareAccelerated}, gathering: {Avx2.IsSupported}";

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
    }

    /// <summary>The same of a process that may use fewer instructions.</summary>
    /// <param name="settings">Of the runtime: names and values of its environment.</param>
    public static (string Instructions, byte[][] Pictures) DrawElsewhere(string settings, byte[] source)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Kernels).Assembly.Location, Argument]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var setting in settings.Split(' '))
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        using var process = Process.Start(start)!;
        process.StandardInput.BaseStream.Write(source);
        process.StandardInput.Close();
        using var reader = new BinaryReader(process.StandardOutput.BaseStream);
        var instructions = reader.ReadString();
        byte[][] pictures = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadBytes(reader.ReadInt32()))];
        process.WaitForExit();
        return (instructions, pictures);
    }

    /// <summary>The process itself.</summary>
    public static void Write()
    {
        using var source = new MemoryStream();
        Console.OpenStandardInput().CopyTo(source);
        byte[][] pictures = [.. Draw(source.ToArray()).Select(picture => picture.Bytes)];
        using var writer = new BinaryWriter(Console.OpenStandardOutput());
        writer.Write(Instructions);
        writer.Write(pictures.Length);
        foreach (var picture in pictures)
        {
            writer.Write(picture.Length);
            writer.Write(picture);
        }
    }

    static ImageElement Graded => Stage.Image() with
    {
        Brightness = 12, Contrast = 20, Saturation = 30, Exposure = -10, Sharpness = 40, Blur = 15, Noise = 20, Vignette = 50, HueRotate = 35,
    };
}
