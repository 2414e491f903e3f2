using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Media;
using Framelane.Rendering.Tests.Media;

namespace Framelane.Rendering.Tests.Engine;

/// <summary>Photographs of a camera that was held in any of the eight ways that EXIF knows.</summary>
public sealed class TurnedStillTests
{
    const string Red = "red", Lime = "lime", Blue = "blue", White = "white";

    readonly Studio studio = new();

    [TearDown]
    public void Clean() => studio.Dispose();

    // As the file has them: red and lime above blue and white.
    [TestCase(1, Red, Lime, Blue, White)]
    [TestCase(2, Lime, Red, White, Blue)]
    [TestCase(3, White, Blue, Lime, Red)]
    [TestCase(4, Blue, White, Red, Lime)]
    [TestCase(5, Red, Blue, Lime, White)]
    [TestCase(6, Blue, Red, White, Lime)]
    [TestCase(7, White, Lime, Blue, Red)]
    [TestCase(8, Lime, White, Red, Blue)]
    public async Task One_is_upright_and_of_its_own_shape(int orientation, string upperLeft, string upperRight, string lowerLeft, string lowerRight)
    {
        var flat = studio.Bench.Make(
            "flat.jpg", "-f lavfi -i color=red:s=64x32 -f lavfi -i color=lime:s=64x32 -f lavfi -i color=blue:s=64x32 -f lavfi -i color=white:s=64x32 "
                + "-filter_complex [0][1]hstack[t];[2][3]hstack[b];[t][b]vstack -frames:v 1 -q:v 1");
        studio.Bench.Write("turned.jpg", Exif.InJpeg(File.ReadAllBytes(flat), Exif.Tiff(orientation)));
        var facts = await new MediaProbe(studio.Bench.Tool).ProbeAsync(studio.Bench["turned.jpg"], default);
        var isTall = orientation >= 5;
        Assert.That((facts.Picture!.Width, facts.Picture.Height), Is.EqualTo(isTall ? (64, 128) : (128, 64)));

        var output = await studio.RenderAsync(new()
        {
            Width = 128, Height = 128, OutputFormat = OutputFormat.Png,
            Elements = [new ImageElement { SourceUrl = studio.Use("turned.jpg"), Duration = 1, Fit = Fit.Contain }],
        });
        using (Assert.EnterMultipleScope())
        {
            foreach (var (color, x, y) in new[] { (upperLeft, 0.4, 0.4), (upperRight, 0.6, 0.4), (lowerLeft, 0.4, 0.6), (lowerRight, 0.6, 0.6) })
                Assert.That(Named(studio.Pixel(output, x, y)), Is.EqualTo(color), $"at {x}, {y}");
            Assert.That(Named(studio.Pixel(output, 0.4, 0.05)), Is.EqualTo(isTall ? upperLeft : ""), "above");
            Assert.That(Named(studio.Pixel(output, 0.05, 0.4)), Is.EqualTo(isTall ? "" : upperLeft), "on the left");
        }
    }

    static string Named((int Red, int Green, int Blue) pixel) => (pixel.Red > 200, pixel.Green > 200, pixel.Blue > 200) switch
    {
        (true, true, true) => White,
        (true, false, false) => Red,
        (false, true, false) => Lime,
        (false, false, true) => Blue,
        _ => "",
    };
}
