using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

public sealed class ColorEffectTests
{
    static Pixel Source(int x, int y) => new((byte)(255 - x), (byte)(y * 2), (byte)x);

    static double Luma(Pixel pixel) => (0.2126 * pixel.R + 0.7152 * pixel.G + 0.0722 * pixel.B) / 255;

    [Test]
    public void A_duotone_is_two_inks_and_what_lies_between_them()
    {
        using var source = Painted(256, 128, Source);
        using var drawn = Drawn.Effect("duotone", source);
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                var share = Luma(Source(x, y)) is var luma ? luma * luma * (3 - 2 * luma) : 0;
                byte Between(double dark, double light) => (byte)Math.Round(255 * (dark + (light - dark) * share));
                return new(Between(0.4, 0.6), Between(0.02, 0.78), Between(0.11, 1));
            }),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Heat_is_read_from_luma_alone_and_what_is_hotter_is_lighter()
    {
        using var grey = Painted(256, 1, (x, _) => new((byte)x, (byte)x, (byte)x));
        using var drawn = Drawn.Effect("thermal", grey);
        var lumas = Enumerable.Range(0, 256).Select(x => Luma(At(drawn, x, 0))).ToArray();
        // A red and a blue as light as a grey.
        using var others = Painted(2, 1, (x, _) => x == 0 ? new(0, 0, 240) : new(240, 48, 0));
        using var alike = Drawn.Effect("thermal", others);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lumas, Is.Ordered);
            Assert.That(lumas[0], Is.LessThan(0.02));
            Assert.That(lumas[255], Is.GreaterThan(0.97));
            Assert.That(At(drawn, 77, 0) is { B: > 100, G: < 20 } and { R: > 60 }, "cool is violet");
            Assert.That(At(drawn, 190, 0) is { R: > 230, B: < 30 }, "warm is orange");
            Assert.That(At(alike, 0, 0).DistanceTo(At(drawn, (int)Math.Round(Luma(new(0, 0, 240)) * 255), 0)), Is.LessThanOrEqualTo(3));
            Assert.That(At(alike, 1, 0).DistanceTo(At(drawn, (int)Math.Round(Luma(new(240, 48, 0)) * 255), 0)), Is.LessThanOrEqualTo(3));
        }
    }

    [Test]
    public void Night_vision_is_green_lifts_the_dark_and_shows_a_round_tube()
    {
        using var dark = Painted(240, 160, (_, _) => new(30, 30, 30));
        using var drawn = Drawn.Effect("night_vision", dark);
        var middle = (from y in Enumerable.Range(60, 40) from x in Enumerable.Range(90, 60) select At(drawn, x, y)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(middle.Average(pixel => pixel.G), Is.GreaterThan(70));
            Assert.That(middle.Average(pixel => pixel.G), Is.GreaterThan(3 * middle.Average(pixel => Math.Max((int)pixel.R, pixel.B))));
            Assert.That(middle.Select(pixel => pixel.G).Distinct().Count(), Is.GreaterThan(10), "it sparkles");
            foreach (var (x, y) in new[] { (0, 0), (239, 0), (0, 159), (239, 159) })
                Assert.That(At(drawn, x, y), Is.EqualTo(new Pixel(0, 0, 0)));
        }
    }
}
