using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>The same request twice gives the same frames, whatever is drawn from chance.</summary>
public sealed class DeterminismTests
{
    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase(OutputFormat.Mp4)]
    [TestCase(OutputFormat.Mov)]
    public async Task The_same_scene_has_the_same_frames_and_its_noise_is_its_elements_own(OutputFormat format)
    {
        var scene = Scene("a") with { OutputFormat = format, Alpha = format == OutputFormat.Mov };
        var first = await HashesAsync(scene);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Has.Length.EqualTo(12));
            Assert.That(first, Is.Unique);
            Assert.That(await HashesAsync(scene), Is.EqualTo(first));
            Assert.That(await HashesAsync(Scene("c") with { OutputFormat = format, Alpha = scene.Alpha }), Is.Not.EqualTo(first));
        }
    }

    [TestCase("", "taskset", "--cpu-list", "0")]
    [TestCase("DOTNET_PROCESSOR_COUNT=5")]
    public void The_same_scene_has_the_same_frames_on_however_many_cores(string settings, params string[] launcher)
    {
        Assume.That(Environment.ProcessorCount, Is.Not.EqualTo(1).And.Not.EqualTo(5));
        var folder = Renders.MakeSources(studio.Bench);
        var (there, drawn) = new Elsewhere(settings, launcher).Draw(nameof(Renders), folder);
        (string Name, byte[] Bytes)[] here = [.. Renders.Draw(folder)];
        Assert.That(there, Does.Contain(launcher.Length > 0 ? "cores: 1," : "cores: 5,"));
        Assert.That(drawn.Select(output => output.Name), Is.EqualTo(here.Select(output => output.Name)));
        using (Assert.EnterMultipleScope())
        {
            foreach (var ((name, frames), (_, other)) in here.Zip(drawn))
                Assert.That(System.Text.Encoding.UTF8.GetString(other), Is.EqualTo(System.Text.Encoding.UTF8.GetString(frames)), name);
        }
    }

    CreateRenderRequest Scene(string id) => new()
    {
        Width = 192,
        Height = 108,
        FrameRate = 6,
        Duration = 2,
        Elements =
        [
            new VideoElement
            {
                Id = id,
                SourceUrl = studio.Make("a.mp4", "-f lavfi -i testsrc2=s=192x108:r=25:d=2 -pix_fmt yuv420p"),
                Noise = 60,
                Vignette = 40,
                HueRotate = 30,
                Effects = [new() { Type = "rgb_split" }, new() { Type = "mosaic", Intensity = 20 }],
                Motion = [new() { Type = "ken_burns_in", Duration = 2 }],
            },
            new ImageElement
            {
                Id = "b",
                SourceUrl = studio.Make("b.png", "-f lavfi -i mandelbrot=s=192x108 -frames:v 1"),
                Time = 1,
                Duration = 1,
                Noise = 100,
                Blur = 10,
                Motion = [new() { Type = "slide_up", Time = 1, Duration = 0.5 }],
            },
            new CompositionElement
            {
                Duration = 2,
                Width = Dimension.Percent(40),
                Height = Dimension.Percent(40),
                ZRotation = Dimension.Degrees(20),
                BlendMode = BlendMode.Screen,
                Elements = [new ImageElement { SourceUrl = studio.Use("b.png"), Duration = 2, Noise = 30, Effects = [new() { Type = "posterize" }] }],
            },
        ],
        Transitions = [new() { Type = "wipe_left", Duration = 0.5, FromId = id, ToId = "b" }],
    };

    /// <summary>Of each frame as it is decoded, by ffmpeg.</summary>
    async Task<string[]> HashesAsync(CreateRenderRequest scene)
    {
        var output = await studio.RenderAsync(scene);
        studio.Bench.Make("frames.md5", $"-i {output.Path} -map 0:v -fps_mode passthrough -f framemd5");
        return [.. File.ReadLines(studio.Bench["frames.md5"]).Where(line => line[0] != '#').Select(line => line[(line.LastIndexOf(',') + 1)..].Trim())];
    }
}
