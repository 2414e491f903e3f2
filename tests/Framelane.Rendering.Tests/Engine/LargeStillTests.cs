using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Images take no more memory than is needed to show them.</summary>
[NonParallelizable]
public sealed class LargeStillTests
{
    // ffmpeg rounds sides up before it says that there are too many pixels.
    const int Side = 1000, Bytes = Side * Side * 4, Room = Bytes * 5 / 4;

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    [Test]
    public async Task Many_fit_where_they_are_shown_small()
    {
        studio.Limits = studio.Limits with { PictureBytes = Room };
        var output = await studio.RenderAsync(Scene(16,
            [.. Enumerable.Range(0, 4).Select(i => Image(Made($"{i}.jpg")) with { X = Dimension.Number((i * 4) + 2), Width = Dimension.Number(4) })])
            with { BackgroundImageUrl = Made("background.jpg") });
        Assert.That(output.Width, Is.EqualTo(16));
    }

    [Test]
    public void One_that_alone_is_too_large_is_refused_before_it_is_decoded()
    {
        studio.Limits = studio.Limits with { PictureBytes = Bytes - 4 };
        Assert.That(() => studio.RenderAsync(Scene(16, [Image(Made("a.png"))])), Throws.TypeOf<MediaException>()
            .With.Property("Code").EqualTo(MediaErrorCodes.SourceTooLarge).And.Message.StartsWith("elements[0]: The source's picture is larger than"));
    }

    [Test]
    public void Those_that_are_shown_large_are_not_more_than_fit()
    {
        studio.Limits = studio.Limits with { PictureBytes = Room };
        Assert.That(() => studio.RenderAsync(Scene(Side, [Image(Made("a.png")), Image(Made("b.png"))])), Throws.TypeOf<MediaException>()
            .With.Property("Code").EqualTo(MediaErrorCodes.SourceTooLarge).And.Message.Contains("Together with the other pictures"));
    }

    [TestCase(1, Room)]
    [TestCase(2, 2 * Bytes)]
    public async Task Photographs_fit_whose_pixels_do(int count, int room)
    {
        studio.Limits = studio.Limits with { PictureBytes = room };
        var output = await studio.RenderAsync(Scene(Side, [.. Enumerable.Range(0, count).Select(i => Image(Made($"{i}.jpg")))]));
        Assert.That(output.Width, Is.EqualTo(Side));
    }

    [Test]
    public async Task One_that_is_shown_twice_is_as_large_as_the_larger_of_both()
    {
        var url = Made("a.png");
        var scene = Scene(Side, [Image(url) with { Width = Dimension.Number(9), Height = Dimension.Number(9), Time = 1 }, Image(url)]);
        var output = await studio.RenderAsync(scene with { FrameAt = 0 });
        Assert.That(studio.Rgb(output.Path), Is.EqualTo(studio.Rgb(studio.Bench["a.png"])).AsCollection);
    }

    [Test]
    public async Task One_that_is_turned_is_upright_at_any_size()
    {
        var flat = studio.Bench.Make("flat.jpg", "-f lavfi -i color=red:s=64x128 -f lavfi -i color=lime:s=64x128 -filter_complex vstack -frames:v 1 -q:v 1");
        studio.Bench.Write("turned.jpg", Media.Exif.InJpeg(File.ReadAllBytes(flat), Media.Exif.Tiff(6)));
        var output = await studio.RenderAsync(Scene(32, [Image(studio.Use("turned.jpg")) with { Fit = Fit.Contain }]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(studio.Pixel(output, 0.2, 0.5).Green, Is.GreaterThan(245));
            Assert.That(studio.Pixel(output, 0.8, 0.5).Red, Is.GreaterThan(245));
            Assert.That(studio.Pixel(output, 0.5, 0.1), Is.EqualTo((0, 0, 0)), "above");
        }
    }

    [TestCase("png")]
    [TestCase("mp4")]
    public async Task Its_pixels_are_there_once(string kind)
    {
        var url = studio.Make($"a.{kind}", $"-f lavfi -i testsrc2=s=2000x2000:d=1:r=5,format={(kind == "png" ? "rgba" : "yuv444p")} {(kind == "png" ? "-frames:v 1" : "-preset ultrafast")}");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await studio.RenderAsync(Scene(64, [Image(url) with { Blur = 1 }]));
        Assert.That(GC.GetTotalAllocatedBytes(precise: true) - before, Is.LessThan(2000 * 2000 * 4));
    }

    string Made(string name) => studio.Make(name, $"-f lavfi -i testsrc2=s={Side}x{Side} -frames:v 1 -pix_fmt {(name.EndsWith("jpg", StringComparison.Ordinal) ? "yuvj420p" : "rgb24")}");

    static ImageElement Image(string url) => new() { SourceUrl = url, Duration = 2 };

    static CreateRenderRequest Scene(int side, IReadOnlyList<SceneElement> elements) =>
        new() { Width = side, Height = side, OutputFormat = OutputFormat.Png, Elements = elements };
}
