using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Media;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Sources that are sound and not plain: each is shown and heard as a good player shows it.</summary>
public sealed class SourceTests
{
    const string Quadrants = "-f lavfi -i color=red:s=64x48:d=0.4 -f lavfi -i color=lime:s=64x48:d=0.4 -f lavfi -i color=blue:s=64x48:d=0.4 -f lavfi -i color=white:s=64x48:d=0.4 "
        + "-filter_complex [0][1]hstack[t];[2][3]hstack[b];[t][b]vstack";

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [Test]
    public async Task A_variable_frame_rate_keeps_each_frame_at_its_time()
    {
        // Ten frames of 40 ms, then ten of 130 ms.
        static double TimeOf(int frame) => frame < 10 ? frame * 0.04 : 0.4 + ((frame - 10) * 0.13);
        var source = studio.Make(
            "a.mp4", @"-f rawvideo -pix_fmt gray -s 192x32 -r 25 -i pipe:0 -vf settb=1/1000,setpts=if(lt(N\,10)\,N*40\,400+(N-10)*130) -fps_mode passthrough -enc_time_base 1/1000 -c:v libx264 -pix_fmt yuv420p -bf 0",
            BarCode.Frames(20));
        var output = await studio.RenderAsync(new() { Width = 192, Height = 32, FrameRate = 50, Duration = 1.6, Elements = [new VideoElement { SourceUrl = source }] });
        var expected = Enumerable.Range(0, 80).Select(k => Enumerable.Range(0, 20).Last(frame => TimeOf(frame) <= (k / 50.0) + VideoCut.Tolerance));
        Assert.That(BarCode.Numbers(studio.Grey(output.Path)), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_recording_that_does_not_say_how_long_it_lasts_is_shown_to_its_end()
    {
        // As browsers write them.
        var source = studio.Make("a.webm", "-f rawvideo -pix_fmt gray -s 192x32 -r 25 -i pipe:0 -c:v libvpx -b:v 1M -deadline realtime -g 40 -pix_fmt yuv420p -live 1", BarCode.Frames(60));
        var output = await studio.RenderAsync(new() { Width = 192, Height = 32, FrameRate = 25, Elements = [new VideoElement { SourceUrl = source, InPoint = 1.2 }] });
        Assert.That(BarCode.Numbers(studio.Grey(output.Path)), Is.EqualTo(Enumerable.Range(30, 30)));
    }

    [TestCase("#1", false)]
    [TestCase("a/#0", true)]
    public async Task An_id_that_reads_like_the_place_of_another_element_shows_its_own_video(string id, bool isOtherNested)
    {
        var (red, blue) = (Make("red"), Make("blue"));
        var left = new VideoElement { Id = id, SourceUrl = red, X = Dimension.Percent(25), Width = Dimension.Percent(50), Fit = Fit.Fill };
        var right = new VideoElement { SourceUrl = blue, X = Dimension.Percent(75), Width = Dimension.Percent(50), Fit = Fit.Fill };
        var output = await studio.RenderAsync(new()
        {
            Width = 64, Height = 48, OutputFormat = OutputFormat.Png, FrameAt = 0.2,
            Elements = [left, isOtherNested ? new CompositionElement { Id = "a", Duration = 0.4, ZIndex = -1, Elements = [right] } : right],
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(studio.Pixel(output, 0.2, 0.5), Is.EqualTo((255, 0, 0)).Using<(int, int, int)>(Near));
            Assert.That(studio.Pixel(output, 0.8, 0.5), Is.EqualTo((0, 0, 255)).Using<(int, int, int)>(Near));
        }

        string Make(string color) => studio.Make($"{color}.mp4", $"-f lavfi -i color={color}:s=64x48:d=0.4 -pix_fmt yuv420p");
    }

    [TestCase("a.mp4", "-pix_fmt yuv444p")]
    [TestCase("a.webm", "-pix_fmt yuv420p -c:v libvpx -b:v 2M")]
    public async Task Odd_sides_are_shown_to_their_edges(string name, string codec)
    {
        var source = studio.Make(name, $"{Quadrants},scale=67:51:flags=neighbor {codec}");
        AssertQuadrants(await StillAsync(source, Fit.Fill), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255));
    }

    [TestCase(90)]
    [TestCase(270)]
    public async Task A_turned_picture_is_upright(int degrees)
    {
        studio.Make("flat.mp4", $"{Quadrants} -pix_fmt yuv420p");
        var source = studio.Make("a.mp4", $"-i {studio.Bench["flat.mp4"]} -c copy -metadata:s:v rotate={degrees}");
        var output = await StillAsync(source, Fit.Contain);

        // The matrix that is written for 90 takes x to y and y to −x: what was on the right is on top. Here clockwise from the upper left.
        (int, int, int)[] around = [(255, 0, 0), (0, 255, 0), (255, 255, 255), (0, 0, 255)];
        var turned = Enumerable.Range(0, 4).Select(corner => around[(corner + (degrees / 90)) % 4]).ToArray();
        AssertQuadrants(output, turned[0], turned[1], turned[3], turned[2]);
        Assert.That(studio.Pixel(output, 0.02, 0.5), Is.EqualTo((0, 0, 0)).Using<(int, int, int)>(Near), "of its own shape");
    }

    [TestCase(Fit.Contain)]
    [TestCase(Fit.Cover)]
    [TestCase(Fit.Fill)]
    public async Task Of_what_is_cropped_to_no_width_or_height_nothing_is_shown(Fit fit)
    {
        var source = studio.Make("a.mp4", "-f lavfi -i color=red:s=64x48:d=0.4 -pix_fmt yuv420p");
        var video = new VideoElement { SourceUrl = source, Fit = fit };
        VideoElement[] cropped =
        [
            video with { CropLeft = 0.99999999 }, video with { CropTop = 0.5, CropBottom = 0.49999999 }, video with { CropLeft = 0.99999999, CropTop = 0.99999999 },
            video with { CropLeft = 0.99999999, Blur = 5 },
        ];
        foreach (var element in cropped)
        {
            var output = await studio.RenderAsync(new() { Width = 64, Height = 48, OutputFormat = OutputFormat.Png, FrameAt = 0.2, Elements = [element] });
            Assert.That(studio.Rgb(output.Path), Is.All.Zero, $"{element}");
        }
    }

    [Test]
    public async Task No_sound_is_no_sound()
    {
        var source = studio.Make("a.mp4", $"{Quadrants} -pix_fmt yuv420p");
        var output = await studio.RenderAsync(Scene(source) with { OutputFormat = OutputFormat.Mp4 });
        Assert.That(studio.Bench.Run("ffprobe", ["-v", "error", "-show_entries", "stream=codec_type", "-of", "csv=p=0", output.Path], null).Trim(), Is.EqualTo("video"));
    }

    [Test]
    public async Task Sound_of_six_channels_is_mixed_down_with_each_on_its_side()
    {
        // In front, behind on the right, in the middle: one after the other.
        var source = studio.Make(
            "a.mov", @"-f lavfi -i color=gray:s=64x48:d=0.9 -f lavfi -i aevalsrc=0.5*sin(880*PI*t)*lt(t\,0.3)|0|0.5*sin(880*PI*t)*gte(t\,0.6)|0|0|0.5*sin(880*PI*t)*between(t\,0.3\,0.6):c=5.1:d=0.9:s=48000 -c:v libx264 -pix_fmt yuv420p -c:a pcm_s16le");
        var output = await studio.RenderAsync(Scene(source) with { OutputFormat = OutputFormat.Mp4, Duration = 0.9 });
        var (left, right) = studio.Sound(output.Path);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (from, onLeft, onRight) in new[] { (0.05, true, false), (0.35, false, true), (0.65, true, true) })
            {
                foreach (var (side, sounds) in new[] { (left, onLeft), (right, onRight) })
                    Assert.That(side[(int)(from * 48_000)..(int)((from + 0.2) * 48_000)].Max(), sounds ? Is.GreaterThan(0.1) : Is.LessThan(0.01), $"at {from}");
            }
        }
    }

    [TestCase("-c:v libx264 -pix_fmt yuv420p10le")]
    [TestCase("-c:v prores_ks -profile:v 3")]
    public async Task Ten_bits_have_the_colours_of_eight(string codec)
    {
        var source = studio.Make("a.mov", $"{Quadrants},scale=out_color_matrix=bt709,setparams=colorspace=bt709 {codec} -colorspace bt709");
        AssertQuadrants(await StillAsync(source, Fit.Fill), (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255));
    }

    [TestCase("a.mp4", "-c:v libx264 -crf 1")]
    [TestCase("a.webm", "-c:v libvpx-vp9 -crf 4 -b:v 0")]
    public async Task Full_range_has_the_greys_of_limited(string name, string codec)
    {
        var source = studio.Make(
            name, $"-f lavfi -i color=0x404040:s=64x48:d=0.4 -vf scale=out_color_matrix=bt709:out_range=pc,format=yuv420p,setparams=colorspace=bt709:range=pc {codec} -colorspace bt709 -color_range pc");
        var (red, green, blue) = studio.Pixel(await StillAsync(source, Fit.Fill), 0.5, 0.5);
        Assert.That(new[] { red, green, blue }, Is.All.EqualTo(0x40).Within(2));
    }

    /// <remarks>Grey of 0, 203 and 1,000 nits, as BT.2100 codes it (HLG at its nominal peak), and a wide red. 203 is what graphics white is
    /// (BT.2408): it has to be light, with room above it for what is brighter.</remarks>
    [TestCase("smpte2084")]
    [TestCase("arib-std-b67")]
    public async Task High_dynamic_range_keeps_black_white_and_hue(string transfer)
    {
        var codes = new[] { 0.0, 203, 1000 }.Select(nits => (int)Math.Round(64 + (876 * (transfer == "smpte2084" ? Pq(nits) : Hlg(nits))))).ToArray();
        var luma = $@"if(lt(X\,16)\,{codes[0]}\,if(lt(X\,32)\,{codes[1]}\,if(lt(X\,48)\,{codes[2]}\,223)))";
        var source = studio.Make(
            "a.mp4", $@"-f lavfi -i color=black:s=64x48:d=0.4,format=yuv444p10le,geq=lum={luma}:cb=if(lt(X\,48)\,512\,450):cr=if(lt(X\,48)\,512\,750),format=yuv420p10le "
                + $"-c:v libx264 -crf 1 -color_trc {transfer} -color_primaries bt2020 -colorspace bt2020nc");
        var output = await StillAsync(source, Fit.Fill);
        var (black, white, brightest, red) = (studio.Pixel(output, 0.125, 0.5), studio.Pixel(output, 0.375, 0.5), studio.Pixel(output, 0.625, 0.5), studio.Pixel(output, 0.875, 0.5));
        using (Assert.EnterMultipleScope())
        {
            foreach (var (shown, darkest, lightest) in new[] { (black, 0, 4), (white, 180, 235), (brightest, 225, 255) })
            {
                Assert.That(shown.Green, Is.InRange(darkest, lightest));
                Assert.That(new[] { shown.Red, shown.Blue }, Is.All.EqualTo(shown.Green).Within(2));
            }

            Assert.That(red.Red, Is.GreaterThan(2 * Math.Max(red.Green, red.Blue)));
        }
    }

    static double Pq(double nits)
    {
        var y = Math.Pow(nits / 10_000, 0.1593017578125);
        return Math.Pow((0.8359375 + (18.8515625 * y)) / (1 + (18.6875 * y)), 78.84375);
    }

    // Scene light of what a display of 1,000 nits shows as so many, and its signal.
    static double Hlg(double nits)
    {
        var light = Math.Pow(nits / 1000, 1 / 1.2);
        return light <= 1.0 / 12 ? Math.Sqrt(3 * light) : (0.17883277 * Math.Log((12 * light) - 0.28466892)) + 0.55991073;
    }

    static CreateRenderRequest Scene(string source, Fit fit = Fit.Fill) => new()
    {
        Width = 128,
        Height = 96,
        FrameRate = 25,
        OutputFormat = OutputFormat.Png,
        FrameAt = 0.2,
        Elements = [new VideoElement { SourceUrl = source, Fit = fit }],
    };

    Task<Application.Abstractions.RenderOutput> StillAsync(string source, Fit fit) => studio.RenderAsync(Scene(source, fit));

    void AssertQuadrants(Application.Abstractions.RenderOutput output, params (int, int, int)[] expected)
    {
        using (Assert.EnterMultipleScope())
        {
            // Inside the picture, whether it fills the canvas or stands in its middle.
            foreach (var (color, at) in expected.Zip([(0.4, 0.1), (0.6, 0.1), (0.4, 0.9), (0.6, 0.9)]))
                Assert.That(studio.Pixel(output, at.Item1, at.Item2), Is.EqualTo(color).Using<(int, int, int)>(Near), $"at {at}");
        }
    }

    static bool Near((int Red, int Green, int Blue) left, (int Red, int Green, int Blue) right) =>
        Math.Abs(left.Red - right.Red) <= 8 && Math.Abs(left.Green - right.Green) <= 8 && Math.Abs(left.Blue - right.Blue) <= 8;
}
