using System.Text;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Engine;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Media;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>A scene that takes every way from its sources to the output, of the files of a folder.</summary>
static class Renders
{
    const string Address = "https://example.com/";

    static readonly string[] Names = ["a.mp4", "b.mp4", "c.png"];

    // By planes; as straight pixels; by way of a palette; one picture. H.264 would be given the same planes, but what is made of them depends on its threads.
    static readonly OutputFormat[] Formats = [OutputFormat.Webm, OutputFormat.Mov, OutputFormat.Gif, OutputFormat.Png];

    /// <returns>What its drawing takes: the folder's name.</returns>
    public static byte[] MakeSources(Workbench bench)
    {
        bench.Make("a.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=2 -pix_fmt yuv420p -colorspace bt709 -color_primaries bt709 -color_trc bt709");
        bench.Make("b.mp4", "-f lavfi -i mandelbrot=s=426x240:r=25 -t 2 -pix_fmt yuv420p -g 50");
        bench.Make("c.png", "-f lavfi -i testsrc=s=192x108 -frames:v 1");
        return Encoding.UTF8.GetBytes(bench.Folder.FullName);
    }

    /// <summary>The digests of the frames of each format, as ffmpeg decodes them.</summary>
    public static IEnumerable<(string Name, byte[] Bytes)> Draw(byte[] folder)
    {
        using var bench = new Workbench();
        foreach (var format in Formats)
        {
            var output = RenderAsync(bench, Encoding.UTF8.GetString(folder), format).GetAwaiter().GetResult();
            yield return ($"{format}", Encoding.UTF8.GetBytes(bench.Run("ffmpeg", ["-v", "error", "-i", output, "-map", "0:v", "-fps_mode", "passthrough", "-f", "framemd5", "pipe:1"], null)));
        }
    }

    static async Task<string> RenderAsync(Workbench bench, string folder, OutputFormat format)
    {
        var work = bench.Folder.CreateSubdirectory($"{format}").FullName;
        var order = new RenderOrder(
            Scene with { OutputFormat = format, Alpha = format == OutputFormat.Mov },
            Names.ToDictionary(name => Address + name, name => Path.Combine(folder, name)), work, null, new(TimeSpan.FromHours(2), 1L << 30, 1L << 30));
        return (await new RenderEngine(bench.Tool, new MediaProbe(bench.Tool)).RenderAsync(order, new Progress<RenderProgress>(), CancellationToken.None)).Path;
    }

    static CreateRenderRequest Scene => new()
    {
        Width = 320,
        Height = 180,
        FrameRate = 10,
        Elements =
        [
            new TextElement { Text = "Ag سلام 你好 😀", Duration = 2, FontSize = 22, Height = Dimension.Percent(30), Motion = [new() { Type = "fade", Duration = 1, Scope = MotionScope.Character }] },
            new ImageElement
            {
                Id = "c", SourceUrl = Address + "c.png", Time = 1, Duration = 1, Noise = 40, Blur = 10, BlendMode = BlendMode.Screen,
                Width = Dimension.Percent(40), Height = Dimension.Percent(40), ZRotation = Dimension.Degrees(20), Motion = [new() { Type = "slide_up", Time = 1, Duration = 0.5 }],
            },
            new VideoElement { Id = "a", SourceUrl = Address + "a.mp4", OutPoint = 1.5 },
            new VideoElement
            {
                Id = "b", SourceUrl = Address + "b.mp4", Time = 1, OutPoint = 1.5, Noise = 30, Sharpness = 20, Vignette = 40,
                Effects = [new() { Type = "glow" }, new() { Type = "rgb_split", Intensity = 40 }],
            },
        ],
        Transitions = [new() { Type = "cross_zoom", Duration = 0.5, FromId = "a", ToId = "b" }],
    };
}
