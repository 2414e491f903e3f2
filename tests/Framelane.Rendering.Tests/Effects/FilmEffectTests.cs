using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

public sealed class FilmEffectTests
{
    [Test]
    public void Bleaching_is_left_out_where_luma_lies_over_weakened_colours()
    {
        static Pixel Source(int x, int y) => new((byte)(255 - x), (byte)(y * 2), (byte)x);
        using var source = Painted(256, 128, Source);
        using var drawn = Drawn.Effect("bleach_bypass", source);
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                var pixel = Source(x, y);
                double[] color = [pixel.B / 255.0, pixel.G / 255.0, pixel.R / 255.0];
                var silver = 0.0722 * color[0] + 0.7152 * color[1] + 0.2126 * color[2];
                // CSS's weights, which differ in the fourth digit from BT.709's.
                var grey = 0.072 * color[0] + 0.715 * color[1] + 0.213 * color[2];
                byte Overlaid(double value)
                {
                    var weak = (value + grey) / 2;
                    return (byte)Math.Round(255 * Math.Clamp(silver < 0.5 ? 2 * weak * silver : 1 - 2 * (1 - weak) * (1 - silver), 0, 1));
                }

                return new(Overlaid(color[0]), Overlaid(color[1]), Overlaid(color[2]));
            }),
            Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void A_faded_print_has_no_black_and_yellow_whites()
    {
        var (black, white) = (Middle("vintage", new(0, 0, 0)), Middle("vintage", new(255, 255, 255)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(black.G, Is.InRange(18, 36));
            Assert.That(white.R - white.B, Is.GreaterThan(40));
            Assert.That(Spread(Middle("vintage", new(40, 60, 200))), Is.LessThan(110));
        }
    }

    [Test]
    public void Portra_is_bright_and_soft_and_warms_skin()
    {
        Pixel skin = new(160, 190, 232), foliage = new(40, 150, 60);
        var (drawnSkin, drawnFoliage) = (Middle("portra", skin), Middle("portra", foliage));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Middle("portra", new(128, 128, 128)).G, Is.GreaterThan(135));
            Assert.That(Middle("portra", new(0, 0, 0)).G, Is.InRange(4, 14));
            Assert.That((drawnSkin.R > drawnSkin.G, drawnSkin.G > drawnSkin.B), Is.EqualTo((true, true)));
            Assert.That((double)drawnFoliage.R / drawnFoliage.G, Is.GreaterThan((double)foliage.R / foliage.G + 0.15), "olive");
        }
    }

    [Test]
    public void Filmic_is_a_rising_curve_with_teal_shadows_and_warm_lights()
    {
        var greens = Enumerable.Range(0, 18).Select(step => (int)Middle("filmic", Grey(step * 15)).G).ToArray();
        var (shadow, light) = (Middle("filmic", Grey(40)), Middle("filmic", Grey(200)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(greens, Is.Ordered);
            // Steeper in the middle than at either end.
            Assert.That(greens[9] - greens[8], Is.GreaterThan(greens[17] - greens[16]));
            Assert.That(shadow.B - shadow.R, Is.GreaterThan(8));
            Assert.That(light.R - light.B, Is.GreaterThan(8));
        }
    }

    [Test]
    public void Slide_film_in_the_wrong_chemicals_has_blue_shadows_and_yellow_lights()
    {
        var (shadow, light) = (Middle("cross_process", Grey(20)), Middle("cross_process", Grey(235)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shadow.B - Math.Max(shadow.R, shadow.G), Is.GreaterThan(35));
            Assert.That(Math.Min(light.R, light.G) - light.B, Is.GreaterThan(50));
        }
    }

    [Test]
    public void An_instant_picture_has_a_paper_frame_that_is_broad_below_and_no_black()
    {
        using var source = Painted(300, 200, (_, _) => new(0, 0, 0));
        using var drawn = Drawn.Effect("polaroid", source);
        var column = Enumerable.Range(0, 200).Select(y => At(drawn, 150, y)).ToArray();
        var (above, below) = (column.TakeWhile(IsPaper).Count(), column.Reverse().TakeWhile(IsPaper).Count());
        using (Assert.EnterMultipleScope())
        {
            // 4.5 % and 16 % of the shorter side.
            Assert.That(above, Is.EqualTo(9));
            Assert.That(below, Is.EqualTo(32));
            Assert.That(At(drawn, 4, 100), Is.EqualTo(column[0]));
            Assert.That(At(drawn, 150, 90) is { R: > 5, G: > 15, B: > 20 }, "milky");
        }

        static bool IsPaper(Pixel pixel) => pixel is { R: > 235, G: > 230, B: > 220 };
    }

    [Test]
    public void Grain_is_even_about_the_source_strongest_in_the_middle_tones_and_clumps()
    {
        var (dark, middle, light) = (Grains(12), Grains(128), Grains(243));
        // Of neighbours that a kernel of three by three has softened: 2/3.
        var clump = Correlation(middle);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(middle.Average(), Is.Zero.Within(0.6));
            Assert.That(Deviation(middle), Is.EqualTo(0.13 * 255).Within(2.5));
            Assert.That(Deviation(dark), Is.LessThan(0.5 * Deviation(middle)));
            Assert.That(Deviation(light), Is.LessThan(0.5 * Deviation(middle)));
            Assert.That(clump, Is.EqualTo(2 / 3.0).Within(0.06));
        }

        static double[] Grains(byte level)
        {
            using var source = Painted(256, 256, (_, _) => Grey(level));
            using var drawn = Drawn.Effect("add_grain", source);
            return [.. from y in Enumerable.Range(0, 256) from x in Enumerable.Range(0, 256) select At(drawn, x, y).G - (double)level];
        }

        static double Correlation(double[] grains) => grains.Zip(grains.Skip(1), (one, next) => one * next).Average() / Math.Pow(Deviation(grains), 2);
    }

    [Test]
    public void Small_film_has_a_gate_with_dark_corners_and_holds_each_of_its_18_pictures_a_second()
    {
        using var photograph = Photograph.Paint(320, 180);
        using var first = Drawn.Effect("super8", photograph, time: 1, seed: 1);
        using var held = Drawn.Effect("super8", photograph, time: 1 + 0.9 / 18, seed: 2);
        using var next = Drawn.Effect("super8", photograph, time: 1 + 1.1 / 18, seed: 3);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (x, y) in new[] { (0, 0), (319, 0), (0, 179), (319, 179) })
                Assert.That(At(first, x, y).DistanceTo(new(0, 0, 0)), Is.LessThan(10));
            Assert.That(held.Bytes.SequenceEqual(first.Bytes));
            Assert.That(Drawn.MeanDifference(next, first), Is.GreaterThan(2));
        }
    }

    static Pixel Grey(int level) => new((byte)level, (byte)level, (byte)level);

    static int Spread(Pixel pixel) => new[] { pixel.R, pixel.G, pixel.B } is var colors ? colors.Max() - colors.Min() : 0;

    static double Deviation(double[] values) => Math.Sqrt(values.Average(value => value * value) - Math.Pow(values.Average(), 2));

    /// <summary>What a plain picture becomes in its middle, where no corner is dark; the mean, so that grain does not count.</summary>
    static Pixel Middle(string name, Pixel color)
    {
        using var source = Painted(96, 96, (_, _) => color);
        using PixelBuffer drawn = Drawn.Effect(name, source);
        var pixels = (from y in Enumerable.Range(28, 40) from x in Enumerable.Range(28, 40) select At(drawn, x, y)).ToArray();
        return new((byte)pixels.Average(pixel => pixel.B), (byte)pixels.Average(pixel => pixel.G), (byte)pixels.Average(pixel => pixel.R));
    }
}
