using System.Globalization;
using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Engine;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Media;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Renders scenes of files that ffmpeg made, by the real engine, and looks at what comes out with ffmpeg alone.</summary>
sealed class Studio : IDisposable
{
    readonly Dictionary<string, string> sources = [];
    int renders;

    public Workbench Bench { get; } = new();

    public RenderLimits Limits { get; set; } = new(TimeSpan.FromHours(2), 1L << 30, 1L << 30);

    /// <summary>Makes a source.</summary>
    /// <returns>Its URL.</returns>
    public string Make(string name, string arguments, byte[]? input = null)
    {
        Bench.Make(name, arguments, input);
        return Use(name);
    }

    /// <summary>A file of the bench, which need not be there.</summary>
    public string Use(string name)
    {
        var url = $"https://example.com/{name}";
        sources[url] = Bench[name];
        return url;
    }

    public async Task<RenderOutput> RenderAsync(CreateRenderRequest scene, ContactSheet? sheet = null, CancellationToken cancellationToken = default)
    {
        var folder = Bench.Folder.CreateSubdirectory(string.Create(CultureInfo.InvariantCulture, $"out{++renders}")).FullName;
        return await new RenderEngine(Bench.Tool, new MediaProbe(Bench.Tool)).RenderAsync(
            new(scene, sources, folder, null, Limits) { Sheet = sheet }, new Progress<RenderProgress>(), cancellationToken);
    }

    /// <summary>All frames as bytes of grey, one after the other, and their size.</summary>
    public byte[] Grey(string path, string filter = "null") => Decode(path, $"-map 0:v -fps_mode passthrough -vf {filter},format=gray -f rawvideo");

    /// <summary>A frame's colours, three bytes a pixel.</summary>
    public byte[] Rgb(string path, int frame = 0) => Decode(path, $@"-map 0:v -vf select=eq(n\,{frame}) -frames:v 1 -pix_fmt rgb24 -f rawvideo");

    /// <summary>A source's frame in luma, made smaller by ffmpeg's own bicubic filter.</summary>
    public byte[] Scaled(string name, int width, int height, int frame) =>
        Decode(Bench[name], $@"-map 0:v -vf select=eq(n\,{frame}),scale={width}:{height}:flags=bicubic,format=yuv420p,extractplanes=y -frames:v 1 -f rawvideo");

    public (int Red, int Green, int Blue) Pixel(RenderOutput output, double x, double y, int frame = 0)
    {
        var at = (((int)(y * output.Height) * output.Width) + (int)(x * output.Width)) * 3;
        var picture = Rgb(output.Path, frame);
        return (picture[at], picture[at + 1], picture[at + 2]);
    }

    /// <summary>Left and right, −1 to 1, 48,000 a second, from the beginning of the file.</summary>
    public (double[] Left, double[] Right) Sound(string path)
    {
        var bytes = Decode(path, "-map 0:a -af aresample=async=1:first_pts=0 -ar 48000 -ac 2 -f s16le");
        var samples = Enumerable.Range(0, bytes.Length / 2).Select(i => BitConverter.ToInt16(bytes, i * 2) / 32768.0).ToArray();
        return ([.. samples.Where((_, i) => i % 2 == 0)], [.. samples.Where((_, i) => i % 2 == 1)]);
    }

    public void Dispose() => Bench.Dispose();

    byte[] Decode(string path, string arguments)
    {
        File.Delete(Bench["decoded"]);
        Bench.Make("decoded", $"-i {path} {arguments}");
        return File.ReadAllBytes(Bench["decoded"]);
    }
}
