using System.Globalization;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Engine;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>What every format promises (contract/scene.md, "What the output promises"), by ffprobe and ffmpeg.</summary>
public sealed class OutputTests
{
    const double Flash = 0.48;

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCase(OutputFormat.Mp4, false, "h264 High yuv420p", "aac", 1024)]
    [TestCase(OutputFormat.Webm, false, "vp9 Profile yuv420p", "opus", 960)]
    [TestCase(OutputFormat.Webm, true, "vp9 Profile yuv420p", "opus", 960)]
    [TestCase(OutputFormat.Mov, false, "h264 High yuv420p", "aac", 1024)]
    [TestCase(OutputFormat.Mov, true, "prores 4444 yuva444p", "aac", 1024)]
    public async Task A_video_has_its_frames_rate_length_colours_and_sound(OutputFormat format, bool alpha, string picture, string sound, int audioFrame)
    {
        var output = await studio.RenderAsync(Flashing() with { OutputFormat = format, Alpha = alpha });
        var said = Probe(output.Path, "v:0", "stream=codec_name,profile,pix_fmt,width,height,r_frame_rate,nb_read_frames,color_space,color_transfer,color_primaries,color_range:stream_tags=alpha_mode");
        var heard = Probe(output.Path, "a:0", "stream=codec_name,sample_rate,channels");
        var times = Times(output.Path);
        var (left, right) = studio.Sound(output.Path);
        using (Assert.EnterMultipleScope())
        {
            foreach (var word in picture.Split(' '))
                Assert.That(said, Does.Contain($"={word}"));
            foreach (var tag in new[] { "color_space=bt709", "color_transfer=bt709", "color_primaries=bt709", "color_range=tv" })
                Assert.That(said, Does.Contain(tag));
            Assert.That(said, Does.Contain("width=64\nheight=48").And.Contains("r_frame_rate=25/1"));
            Assert.That(said.Contains("alpha_mode=1", StringComparison.OrdinalIgnoreCase), Is.EqualTo(alpha && format == OutputFormat.Webm));

            // 1.3 s are 32.5 frames: rounded half up, as everywhere.
            Assert.That(said, Does.Contain("nb_read_frames=33"));
            // A webm's whole begins 7 ms late: as long as Opus needs to come to its first sample.
            Assert.That(times[0], Is.LessThan(0.01));
            Assert.That(times.Select(time => time - times[0]), Is.EqualTo(Enumerable.Range(0, 33).Select(frame => frame / 25.0)).Within(0.0011));
            Assert.That(output.Duration, Is.EqualTo(33 / 25.0));
            Assert.That(heard, Does.Contain($"codec_name={sound}").And.Contains("sample_rate=48000").And.Contains("channels=2"));
            Assert.That(left.Length / 48_000.0, Is.EqualTo(33 / 25.0).Within(audioFrame / 48_000.0));

            var seen = times[Array.FindIndex(studio.Grey(output.Path, "scale=1:1"), grey => grey > 128)];
            Assert.That(seen - times[0], Is.EqualTo(Flash).Within(0.0011));
            foreach (var side in new[] { left, right })
                Assert.That(Array.FindIndex(side, sample => Math.Abs(sample) > 0.2) / 48_000.0, Is.EqualTo(seen).Within(0.02));
        }
    }

    [TestCase(25, "25/1", 33)]
    [TestCase(15, "100/7", 19)]
    public async Task A_gif_has_the_nearest_rate_of_100_over_n_and_no_sound(int asked, string rate, int frames)
    {
        var output = await studio.RenderAsync(Flashing() with { OutputFormat = OutputFormat.Gif, FrameRate = asked });
        var said = Probe(output.Path, "v", "stream=codec_name,r_frame_rate,nb_read_frames:format=duration");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(said, Does.Contain("codec_name=gif").And.Contains($"r_frame_rate={rate}").And.Contains($"nb_read_frames={frames}"));
            Assert.That(output.Warnings, Has.Count.EqualTo(asked == 25 ? 0 : 1));
            Assert.That(Probe(output.Path, "a", "stream=codec_name"), Is.Empty);
        }
    }

    [TestCase(OutputFormat.Png, "codec_name=png")]
    [TestCase(OutputFormat.Jpg, "codec_name=mjpeg")]
    public async Task A_still_is_the_frame_at_the_second_that_was_asked_for(OutputFormat format, string codec)
    {
        var scene = Flashing();
        foreach (var (at, grey) in new[] { (Flash - 0.001, 0), (Flash, 255) })
        {
            var output = await studio.RenderAsync(scene with { OutputFormat = format, FrameAt = at });
            using (Assert.EnterMultipleScope())
            {
                Assert.That(Probe(output.Path, "v", "stream=codec_name,width,height,nb_read_frames"), Does.Contain(codec).And.Contains("width=64\nheight=48").And.Contains("nb_read_frames=1"));
                Assert.That(studio.Grey(output.Path), Is.All.EqualTo(grey).Within(2));
                Assert.That(output.Duration, Is.Null);
            }
        }
    }

    [TestCase("#00000000", 0)]
    [TestCase("#ff000080", 128)]
    [TestCase("#ff0000", 255)]
    public async Task A_png_is_as_transparent_as_its_background(string background, int alpha)
    {
        var output = await studio.RenderAsync(new() { Width = 64, Height = 48, Duration = 1, OutputFormat = OutputFormat.Png, BackgroundColor = background });
        Assert.That(studio.Grey(output.Path, "alphaextract"), Is.All.EqualTo(alpha));
    }

    /// <remarks>As sums of tenths are written: 0.1 + 0.7, which is below 0.8 in binary; and the middle of three such lengths.</remarks>
    [TestCase(0.7999999999999999, null)]
    [TestCase(null, 1.5999999999999999)]
    public async Task A_still_at_a_boundary_shows_what_begins_there_as_a_frame_does(double? at, double? duration)
    {
        var (first, second) = (new TextElement { Text = "a", Duration = 0.8 }, new TextElement { Text = "b", Time = 0.8, Duration = 0.8 });
        var scene = new CreateRenderRequest { Width = 64, Height = 48, OutputFormat = OutputFormat.Png, Elements = [first, second] };
        var still = studio.Rgb((await studio.RenderAsync(scene with { FrameAt = at, Duration = duration })).Path);
        Assert.That(still, Is.EqualTo(studio.Rgb((await studio.RenderAsync(scene with { FrameAt = 0.8 })).Path)).AsCollection);
    }

    [Test]
    public async Task What_is_not_visible_is_neither_seen_nor_heard()
    {
        var scene = Flashing();
        var output = await studio.RenderAsync(scene with { Elements = [scene.Elements[0] with { Visible = false }] });
        Assert.That(Probe(output.Path, "a", "stream=codec_name"), Is.Empty);
        Assert.That(studio.Grey(output.Path), Is.All.LessThan(20));
    }

    [TestCase(1, 100, 1)]
    [TestCase(24, 100, 4)]
    [TestCase(29, 100, 4)]
    [TestCase(30, 100, 3)]
    [TestCase(41, 100, 3)]
    [TestCase(42, 100, 2)]
    [TestCase(50, 100, 2)]
    [TestCase(240, 100, 2)]
    public void A_gifs_frames_last_whole_hundredths_and_two_at_least(int asked, int above, int below)
    {
        var kind = OutputKind.Of(new() { OutputFormat = OutputFormat.Gif, FrameRate = asked });
        Assert.That(kind.Rate.PerSecond, Is.EqualTo(asked == 1 ? 1 : (double)above / below));
        Assert.That(kind.Warnings, Has.Count.EqualTo(kind.Rate.PerSecond == asked ? 0 : 1));
    }

    /// <summary>A source that flashes and clicks at once.</summary>
    CreateRenderRequest Flashing() => new()
    {
        Width = 64,
        Height = 48,
        Duration = 1.3,
        FrameRate = 25,
        Elements =
        [
            new VideoElement
            {
                SourceUrl = studio.Make(
                    "flash.mov",
                    FormattableString.Invariant($@"-f lavfi -i color=black:s=64x48:r=25:d=2,drawbox=t=fill:color=white:enable=gte(t\,{Flash}) -f lavfi -i aevalsrc=0.8*sin(2000*PI*t)*gte(t\,{Flash})|0.8*sin(2000*PI*t)*gte(t\,{Flash}):d=2:s=48000 -c:v libx264 -pix_fmt yuv420p -c:a pcm_s16le")),
            },
        ],
    };

    string Probe(string path, string stream, string entries) =>
        studio.Bench.Run("ffprobe", ["-v", "error", "-count_frames", "-select_streams", stream, "-of", "default=nw=1", "-show_entries", entries, path], null);

    double[] Times(string path) =>
    [
        .. studio.Bench.Run("ffprobe", ["-v", "error", "-select_streams", "v:0", "-of", "csv=p=0", "-show_entries", "frame=pts_time", path], null)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line.TrimEnd(','), CultureInfo.InvariantCulture)),
    ];
}
