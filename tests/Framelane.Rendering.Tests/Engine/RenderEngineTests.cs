using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Engine;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Media;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Whole renders, from files to a file, with the real ffmpeg.</summary>
public sealed class RenderEngineTests
{
    const string Red = "https://example.com/red.mp4", Blue = "https://example.com/blue.mp4", Logo = "https://example.com/logo.png", Long = "https://example.com/long.mp4";

    readonly Workbench bench = new();

    [TearDown]
    public void Clean() => bench.Dispose();

    [Test]
    public async Task Two_clips_that_dissolve_with_a_logo_and_sound_come_out_as_long_as_they_are()
    {
        var output = await RenderAsync(Dissolve());
        var facts = bench.Probe("out/output.mp4", "stream=codec_name,width,height,nb_read_frames,duration,color_space");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((output.Width, output.Height, output.Duration, output.ContentType), Is.EqualTo((320, 180, (double?)3, "video/mp4")));
            Assert.That(output.SizeBytes, Is.EqualTo(new FileInfo(output.Path).Length));
            Assert.That(facts, Does.Contain("codec_name=h264").And.Contain("nb_read_frames=90").And.Contain("color_space=bt709").And.Contain("codec_name=aac"));
        }

        // One second of red alone, one of both, one of blue alone: in the middle of the second one, half of each.
        Assert.That(ColorAt(output.Path, 0.5), Is.EqualTo((255, 0, 0)).Using<(int, int, int)>(Near));
        Assert.That(ColorAt(output.Path, 1.5), Is.EqualTo((128, 0, 128)).Using<(int, int, int)>(Near));
        Assert.That(ColorAt(output.Path, 2.5), Is.EqualTo((0, 0, 255)).Using<(int, int, int)>(Near));
    }

    [Test]
    public async Task A_still_is_the_middle_or_the_second_that_was_asked_for()
    {
        var scene = Dissolve() with { OutputFormat = OutputFormat.Png };
        Assert.That(ColorAt((await RenderAsync(scene)).Path, 0), Is.EqualTo((128, 0, 128)).Using<(int, int, int)>(Near));
        Assert.That(ColorAt((await RenderAsync(scene with { FrameAt = 0.2 })).Path, 0), Is.EqualTo((255, 0, 0)).Using<(int, int, int)>(Near));
    }

    [Test]
    public async Task The_plan_s_watermark_is_bottom_right_in_front_of_all_and_makes_nothing_longer()
    {
        var scene = new CreateRenderRequest
        {
            Width = 800,
            Height = 400,
            OutputFormat = OutputFormat.Png,
            Elements = [new VideoElement { SourceUrl = Red, ZIndex = int.MaxValue }],
        };

        var plain = Pixels(await RenderAsync(scene));
        var marked = Pixels(await RenderAsync(scene, watermark: "Framelane"));

        var changed = Enumerable.Range(0, 800 * 400).Where(at => !plain.AsSpan(at * 3, 3).SequenceEqual(marked.AsSpan(at * 3, 3))).Select(at => (X: at % 800, Y: at / 800)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(changed, Has.Length.GreaterThan(200));
            Assert.That(changed.Min(at => at.X), Is.GreaterThan(600));
            Assert.That(changed.Max(at => at.X), Is.InRange(785, 797));
            Assert.That(changed.Min(at => at.Y), Is.GreaterThan(370));
            Assert.That(changed.Max(at => at.Y) - changed.Min(at => at.Y), Is.InRange(10, 22));
        }
    }

    [TestCase(2)]
    [TestCase(2.5)]
    [TestCase(1e300)]
    public async Task A_still_of_the_end_or_after_it_is_the_last_frame_with_the_watermark(double at)
    {
        var scene = new CreateRenderRequest { Width = 320, Height = 180, Duration = 2, OutputFormat = OutputFormat.Png, Elements = [new VideoElement { SourceUrl = Red, OutPoint = 2 }] };
        var still = await RenderAsync(scene with { FrameAt = at }, watermark: "Framelane");
        var (pixels, last) = (Pixels(still), Pixels(await RenderAsync(scene with { FrameAt = 59 / 30d }, watermark: "Framelane")));
        var plain = Pixels(await RenderAsync(scene with { FrameAt = at }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pixels, Is.EqualTo(last));
            Assert.That(pixels, Is.Not.EqualTo(plain));
            Assert.That(ColorAt(still.Path, 0), Is.EqualTo((255, 0, 0)).Using<(int, int, int)>(Near));
            Assert.That(still.Warnings, Has.Count.EqualTo(at > 2 ? 1 : 0));
        }
    }

    [Test]
    public void The_watermark_is_there_at_any_instant()
    {
        var marked = Watermark.On(new() { Duration = 2 }, "Framelane", 320, 180, 2);
        Assert.That(Timeline.Of(marked, new Dictionary<string, MediaFacts>()).At(double.MaxValue).Layers.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_gif_has_the_nearest_rate_that_gifs_have_and_says_so()
    {
        var output = await RenderAsync(Dissolve() with { OutputFormat = OutputFormat.Gif });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output.Warnings, Has.One.EqualTo("A gif cannot have 30 frames a second; it has 33.33."));
            Assert.That(bench.Probe("out/output.gif", "stream=nb_read_frames"), Does.Contain("nb_read_frames=100"));
        }
    }

    [TestCase(OutputFormat.Webm, true, 34, 18)]
    [TestCase(OutputFormat.Mov, true, 33, 17)]
    [TestCase(OutputFormat.Mp4, false, 34, 18)]
    [TestCase(OutputFormat.Gif, false, 33, 17)]
    public async Task The_size_that_is_told_is_the_file_s(OutputFormat container, bool hasAlpha, int width, int height)
    {
        var output = await RenderAsync(new() { Width = 33, Height = 17, Duration = 0.1, OutputFormat = container, Alpha = hasAlpha });
        using (Assert.EnterMultipleScope())
        {
            Assert.That((output.Width, output.Height), Is.EqualTo((width, height)));
            Assert.That(bench.Probe("out/" + Path.GetFileName(output.Path), "stream=width,height"), Does.Contain($"width={width}\nheight={height}"));
        }
    }

    [Test]
    public void A_source_that_is_not_what_its_element_takes_it_for_is_named()
    {
        var scene = new CreateRenderRequest { Elements = [new VideoElement { SourceUrl = Logo }] };
        Assert.That(async () => await RenderAsync(scene), Throws.TypeOf<MediaException>()
            .With.Property("Code").EqualTo("invalid_source").And.Message.Contains("elements[0]"));
    }

    [Test]
    public void A_render_that_is_cancelled_leaves_no_file_and_no_process()
    {
        using var cancelled = new CancellationTokenSource();
        var scene = Dissolve() with { Duration = 600 };
        var progress = new Reached(() => cancelled.Cancel());
        Assert.That(async () => await RenderAsync(scene, progress, cancellationToken: cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.GetFiles(bench["out"]).Select(Path.GetFileName), Is.Empty);
    }

    [Test]
    public async Task A_render_whose_decoder_is_killed_fails_as_none_of_its_source_s_faults_and_leaves_no_file()
    {
        bench.Make("long.mp4", "-f lavfi -i testsrc2=s=640x360:r=25:d=8 -pix_fmt yuv420p -preset ultrafast");
        var (killed, reported) = (false, false);
        var progress = new Reached(() =>
        {
            if (!reported)
                killed = Decoders.Kill(bench["long.mp4"]);
            reported = true;
        });
        var scene = new CreateRenderRequest { Width = 640, Height = 360, FrameRate = 25, Elements = [new VideoElement { SourceUrl = Long }] };
        var failure = await Assert.ThrowsAsync<MediaException>(() => RenderAsync(scene, progress));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(killed);
            Assert.That(failure!.Code, Is.EqualTo(MediaErrorCodes.InternalError));
            Assert.That(failure.Message, Does.Contain("elements[0]"));
            Assert.That(Directory.GetFiles(bench["out"]).Select(Path.GetFileName), Is.Empty);
        }
    }

    static CreateRenderRequest Dissolve() => new()
    {
        Width = 320,
        Height = 180,
        Elements =
        [
            new VideoElement { Id = "red", SourceUrl = Red },
            new VideoElement { Id = "blue", SourceUrl = Blue, Time = 1 },
            new ImageElement { Id = "logo", SourceUrl = Logo, Duration = 3, X = Dimension.Percent(90), Y = Dimension.Percent(10), Width = Dimension.Percent(10), Height = Dimension.Percent(10), ZIndex = 2 },
        ],
        Transitions = [new SceneTransition { Type = "cross_dissolve", Duration = 1, FromId = "red", ToId = "blue" }],
    };

    byte[] Pixels(RenderOutput output)
    {
        bench.Run("ffmpeg", ["-v", "error", "-y", "-i", output.Path, "-f", "rawvideo", "-pix_fmt", "rgb24", bench["pixels"]], null);
        return File.ReadAllBytes(bench["pixels"]);
    }

    async Task<RenderOutput> RenderAsync(CreateRenderRequest scene, IProgress<RenderProgress>? progress = null, string? watermark = null, CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateDirectory(bench["out"]).FullName;
        var sources = new Dictionary<string, string>
        {
            [Red] = bench.Make("red.mp4", "-f lavfi -i color=0xff0000:s=320x180:r=30:d=2 -f lavfi -i sine=440:d=2 -c:v libx264 -pix_fmt yuv420p -c:a aac"),
            [Blue] = bench.Make("blue.mp4", "-f lavfi -i color=0x0000ff:s=320x180:r=25:d=2 -c:v libx264 -pix_fmt yuv420p"),
            [Long] = bench["long.mp4"],
            [Logo] = bench.Make("logo.png", "-f lavfi -i color=0x00ff00:s=64x64 -frames:v 1"),
        };
        var engine = new RenderEngine(bench.Tool, new MediaProbe(bench.Tool));
        return await engine.RenderAsync(
            new(scene, sources, folder, watermark, new(TimeSpan.FromHours(2), 1L << 30, 1L << 30)), progress ?? new Progress<RenderProgress>(), cancellationToken);
    }

    /// <summary>The colour in the middle of the picture.</summary>
    (int Red, int Green, int Blue) ColorAt(string path, double time)
    {
        bench.Make("pixel.rgb", FormattableString.Invariant($"-ss {time} -i {path} -frames:v 1 -vf crop=2:2,format=rgb24 -f rawvideo"));
        var pixel = File.ReadAllBytes(bench["pixel.rgb"]);
        return (pixel[0], pixel[1], pixel[2]);
    }

    /// <remarks>H.264 and the way to YUV and back take a few levels; the dissolve's frame is up to a sixtieth of a second off its middle.</remarks>
    static bool Near((int Red, int Green, int Blue) left, (int Red, int Green, int Blue) right) =>
        Math.Abs(left.Red - right.Red) <= 6 && Math.Abs(left.Green - right.Green) <= 6 && Math.Abs(left.Blue - right.Blue) <= 6;

    sealed class Reached(Action act) : IProgress<RenderProgress>
    {
        public void Report(RenderProgress value) => act();
    }
}
