using System.Text.Json;
using Framelane.Application.Common;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Bench.Renders;

/// <summary>The job that all do: two clips with sound that dissolve into each other, a logo and a title; 1280×720, 30 frames a second, 10 s.</summary>
sealed class RenderJob
{
    public const int Width = 1280, Height = 720, Rate = 30, Frames = 300;

    /// <summary>Of each clip, seconds; the second one starts when the dissolve does.</summary>
    public const double ClipLength = 5.5, Dissolve = 1, DissolveStart = ClipLength - Dissolve;

    /// <summary>Pixels: the logo's box, and the title's.</summary>
    public const int LogoX = 1132, LogoY = 20, LogoSide = 128, TitleY = 540, TitleHeight = 120;

    public const string TitleText = "A title of some words", Font = "Inter";

    public const int FontSize = 64;

    const string First = "https://bench.example/first.mp4", Second = "https://bench.example/second.mp4";
    const string LogoUrl = "https://bench.example/logo.png";

    // As soft as a lens and as grainy as a sensor make a picture, which encoders find as hard as footage.
    const string Footage = "gblur=sigma=1,noise=alls=3:allf=t,format=yuv420p";

    /// <summary>ffmpeg's filter, but for how far down the text is.</summary>
    public static string DrawText { get; } = $"drawtext=font={Font}:text='{TitleText}':fontsize={FontSize}:fontcolor=white:x=(w-tw)/2";

    RenderJob(string folder) => Folder = folder;

    public string Folder { get; }

    public string FirstClip => Path.Combine(Folder, "first.mp4");

    public string SecondClip => Path.Combine(Folder, "second.mp4");

    public string Logo => Path.Combine(Folder, "logo.png");

    public string Scene { get; } = JsonSerializer.Serialize(
        new CreateRenderRequest
        {
            Width = Width,
            Height = Height,
            FrameRate = Rate,
            Elements =
            [
                new VideoElement { Id = "first", SourceUrl = First, OutPoint = ClipLength },
                new VideoElement { Id = "second", SourceUrl = Second, Time = DissolveStart, OutPoint = ClipLength },
                new ImageElement
                {
                    Id = "logo",
                    SourceUrl = LogoUrl,
                    Duration = Frames / Rate,
                    ZIndex = 1,
                    X = Dimension.Number(LogoX),
                    Y = Dimension.Number(LogoY),
                    Width = Dimension.Number(LogoSide),
                    Height = Dimension.Number(LogoSide),
                    XAnchor = Dimension.Number(0),
                    YAnchor = Dimension.Number(0),
                },
                new TextElement
                {
                    Id = "title",
                    Text = TitleText,
                    Duration = Frames / Rate,
                    FontFamily = Font,
                    FontSize = FontSize,
                    Y = Dimension.Number(TitleY + (TitleHeight / 2)),
                    Height = Dimension.Number(TitleHeight),
                },
            ],
            Transitions = [new SceneTransition { Type = "cross_dissolve", Duration = Dissolve, FromId = "first", ToId = "second" }],
        },
        WireJson.Options);

    public IReadOnlyDictionary<string, string> Sources =>
        new Dictionary<string, string> { [First] = FirstClip, [Second] = SecondClip, [LogoUrl] = Logo };

    /// <summary>Makes the sources.</summary>
    public static async Task<RenderJob> MakeAsync(string folder)
    {
        var job = new RenderJob(folder);
        await ClipAsync(job.FirstClip, $"testsrc2=s={Width}x{Height}:r={Rate}", 440);
        await ClipAsync(job.SecondClip, $"mandelbrot=s={Width}x{Height}:r={Rate}:start_scale=0.5:end_scale=0.35", 660);
        await MediaProgram.FfmpegAsync(
            "-f", "lavfi", "-i", "color=black@0:s=256x256,format=rgba,geq=r=255:g=140:b=20:a='if(lt(hypot(X-128,Y-128),120),230,0)'", "-frames:v", "1", job.Logo);
        return job;
    }

    static Task<double> ClipAsync(string path, string picture, int tone) => MediaProgram.FfmpegAsync(
        "-f", "lavfi", "-i", $"{picture},{Footage}", "-f", "lavfi", "-i", $"sine={tone}:r=48000", "-t", "6", "-c:v", "libx264", "-preset", "veryfast", "-b:v", "6M",
        "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv", "-c:a", "aac", "-ac", "2", path);
}
