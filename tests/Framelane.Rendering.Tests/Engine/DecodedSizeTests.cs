using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Engine;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Videos and images are decoded no larger than they are shown, and look the same.</summary>
public sealed class DecodedSizeTests
{
    const int Width = 320, Height = 180;

    static readonly VideoElement Video = new() { Id = "video", SourceUrl = "https://example.com/large.mp4" };

    static readonly ImageElement Image = new() { Id = "image", SourceUrl = "https://example.com/large.png", Duration = 1 };

    static readonly TestCaseData[] Cases =
    [
        new(Video, 640, 360, (Width, Height)) { TestName = "What fills the canvas has its size" },
        new(Video, 160, 90, (160, 90)) { TestName = "What is enlarged has its own" },
        new(Video, 640, 640, (320, 320)) { TestName = "What covers the canvas and is cut has all of its height" },
        new(Video with { Fit = Fit.Contain }, 640, 640, (180, 180)) { TestName = "What the canvas contains is as high as that" },
        new(Video with { Fit = Fit.Fill }, 640, 640, (320, 320)) { TestName = "What is pressed to the canvas keeps its own shape" },
        new(Video with { Fit = Fit.Fill }, 160, 640, (160, 640)) { TestName = "What is enlarged on one side has its own" },
        new(Video with { CropLeft = 0.5, CropTop = 0.5 }, 1280, 720, (640, 360)) { TestName = "What is cut off is decoded too" },
        new(Video with { XScale = Dimension.Percent(-50), YScale = Dimension.Percent(50) }, 640, 360, (160, 90)) { TestName = "Scales count, mirrored or not" },
        new(Video with { XScale = Dimension.Percent(50) }, 640, 360, (Width, Height)) { TestName = "Of two scales the larger counts" },
        new(Video with { ZRotation = Dimension.Degrees(45) }, 640, 360, (Width, Height)) { TestName = "Turned in its plane it keeps its size" },
        new(Video with { YRotation = Dimension.Degrees(45) }, 640, 360, (640, 360)) { TestName = "Turned out of its plane it comes nearer" },
        new(Video with { Motion = [new ElementMotion { Type = "ken_burns_in", Time = 0, Duration = 1 }] }, 640, 360, (640, 360)) { TestName = "A motion may enlarge it" },
        new(Video with { Effects = [new SceneEffect { Type = "mosaic" }] }, 640, 360, (640, 360)) { TestName = "An effect counts pixels" },
        new(Video with { Blur = 5 }, 640, 360, (640, 360)) { TestName = "A blur counts pixels" },
        new(Video with { Fit = Fit.Contain, CropLeft = 0.99999999 }, 640, 360, (640, 360)) { TestName = "Of nothing all is decoded" },
        new(Video with { Brightness = 5 }, 640, 360, (Width, Height)) { TestName = "Brightness does not" },
        new(Image, 16_384, 8192, (360, Height)) { TestName = "An image fills the canvas too" },
        new(Image with { Width = Dimension.Number(32), Height = Dimension.Number(32), Fit = Fit.Contain }, 640, 360, (32, 18)) { TestName = "An image is as large as its box" },
        new(Image with { Motion = [new ElementMotion { Type = "ken_burns_in", Time = 0, Duration = 1 }] }, 640, 360, (640, 360)) { TestName = "A motion may enlarge an image" },
        new(Image with { Noise = 1 }, 640, 360, (640, 360)) { TestName = "Noise counts an image's pixels" },
    ];

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [TestCaseSource(nameof(Cases))]
    public void Is_what_is_shown(PictureElement element, int width, int height, (int, int) expected)
    {
        var scene = new CreateRenderRequest { Width = Width, Height = Height, Elements = [element] };
        var layer = (PlannedLayer)Timeline.Of(scene, new Dictionary<string, MediaFacts>()).At(0).Pictures[0];
        var picture = new PictureFacts(0, "h264", width, height, 25, HasAlpha: false, IsHdr: false);
        Assert.That(DecodedSize.Of(element, layer.Placement, picture), Is.EqualTo(expected));
        Assert.That(DecodedSize.Of(element, layer.Placement, picture with { HasAlpha = true }), Is.EqualTo((width, height)), "colours run out of what is transparent");
    }

    [TestCase("png")]
    [TestCase("mp4")]
    public async Task Has_the_shape_of_the_source_where_one_side_is_shown_smaller(string kind)
    {
        var url = Stripes(kind);
        var output = await studio.RenderAsync(Canvas(
            kind == "png" ? Image with { SourceUrl = url, XScale = Dimension.Percent(50) } : Video with { SourceUrl = url, XScale = Dimension.Percent(50) }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(studio.Pixel(output, 0.5, 0.2).Red, Is.GreaterThan(240), "the upper quarter");
            Assert.That(studio.Pixel(output, 0.5, 0.5).Green, Is.GreaterThan(240), "the middle");
            Assert.That(studio.Pixel(output, 0.5, 0.8).Blue, Is.GreaterThan(240), "the lower quarter");
        }
    }

    [Test]
    public async Task Has_the_shape_of_the_source_where_it_is_shown_in_two_shapes()
    {
        var url = Stripes("png");
        var output = await studio.RenderAsync(Canvas(
            Image with { SourceUrl = url, Fit = Fit.Fill, Height = Dimension.Number(8), Y = Dimension.Number(4) },
            Image with { Id = "whole", SourceUrl = url, Fit = Fit.Contain, Width = Dimension.Number(40), Height = Dimension.Number(40) }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(studio.Pixel(output, 0.5, 66 / 160.0).Red, Is.GreaterThan(240), "the upper quarter");
            Assert.That(studio.Pixel(output, 0.5, 94 / 160.0).Blue, Is.GreaterThan(240), "the lower quarter");
        }
    }

    [Test]
    public async Task Looks_as_if_ffmpeg_had_made_it_smaller()
    {
        var url = studio.Make("large.mp4", "-f lavfi -i testsrc2=s=640x360:r=25:d=1 -vf scale=out_color_matrix=bt709,format=yuv420p -c:v libx264 -crf 5 -color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv");
        var output = await studio.RenderAsync(new()
        {
            Width = Width, Height = Height, OutputFormat = OutputFormat.Png, FrameAt = 0.4, Elements = [Video with { SourceUrl = url }],
        });
        var actual = studio.Grey(output.Path, "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,extractplanes=y");
        var expected = studio.Scaled("large.mp4", Width, Height, frame: 10);
        var differences = actual.Zip(expected, (a, b) => Math.Abs(a - b)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual, Has.Length.EqualTo(expected.Length));
            Assert.That(differences.Average(), Is.LessThan(1), "on average, of 255");
            Assert.That(differences.Count(difference => difference > 12), Is.LessThan(differences.Length / 100));
        }
    }

    /// <summary>Red in the upper quarter, blue in the lower, and lime between.</summary>
    string Stripes(string kind) => studio.Make(
        $"stripes.{kind}", "-f lavfi -i color=red:s=640x160:d=1 -f lavfi -i color=lime:s=640x320:d=1 -f lavfi -i color=blue:s=640x160:d=1 -filter_complex vstack=3 -frames:v 1");

    static CreateRenderRequest Canvas(params IReadOnlyList<SceneElement> elements) => new() { Width = 160, Height = 160, OutputFormat = OutputFormat.Png, FrameAt = 0, Elements = elements };
}
