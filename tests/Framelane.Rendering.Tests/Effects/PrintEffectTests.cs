using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

public sealed class PrintEffectTests
{
    // The dots' pitch is a 90th of it: 8 pixels.
    const int Side = 720;

    [TestCase(30)]
    [TestCase(77)]
    [TestCase(128)]
    [TestCase(200)]
    public void Dots_of_black_keep_the_tone_of_a_grey(byte level)
    {
        using var source = Painted(Side, Side, (_, _) => new(level, level, level));
        using var drawn = Drawn.Effect("cc_halftone", source);
        var values = Values(drawn, pixel => pixel.G);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(values.Average(), Is.EqualTo(level).Within(4));
            Assert.That(values.Count(value => value is 0 or 255), Is.GreaterThan(Side * Side * 0.6), "ink or paper");
            Assert.That(Difference(drawn, (x, y) => At(drawn, x, y) is var p && p.R == p.G && p.G == p.B ? null : new(0, 0, 0)), Is.Zero);
        }
    }

    [Test]
    public void A_screen_has_its_pitch_at_its_angle()
    {
        using var source = Painted(Side, Side, (_, _) => new(200, 200, 200));
        using var drawn = Drawn.Effect("cc_halftone_blue", source);
        // Cells of 8 pixels, turned by 45°: ink in their middles, paper in their corners.
        var turn = 8 / Math.Sqrt(2);
        Pixel Cell(double u, double v) => At(drawn, (int)((u - v) * turn), (int)((u + v) * turn));
        using (Assert.EnterMultipleScope())
        {
            for (var cell = 20; cell < 60; cell += 7)
            {
                Assert.That(Cell(cell + 0.5, cell % 11 + 0.5).DistanceTo(new(204, 69, 13)), Is.LessThanOrEqualTo(60), $"ink of {cell}");
                Assert.That(Cell(cell, cell % 11), Is.EqualTo(new Pixel(255, 255, 255)), $"paper of {cell}");
            }
        }
    }

    [TestCase("cc_halftone_blue", 204, 69, 13)]
    [TestCase("cc_halftone_green", 51, 128, 5)]
    [TestCase("cc_halftone_red", 31, 20, 214)]
    public void One_ink_is_on_white_paper_and_nothing_else(string name, byte blue, byte green, byte red)
    {
        using var photograph = Photograph.Paint(320, 180);
        using var drawn = Drawn.Effect(name, photograph);
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                // How much ink green says; blue and red must say the same.
                var inked = (255.0 - At(drawn, x, y).G) / (255 - green);
                return new((byte)Math.Round(255 + (blue - 255) * inked), At(drawn, x, y).G, (byte)Math.Round(255 + (red - 255) * inked));
            }),
            Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void Yellow_takes_blue_alone_and_its_screen_is_level()
    {
        using var source = Painted(Side, 96, (_, _) => new(128, 255, 255));
        using var drawn = Drawn.Effect("cc_halftone", source);
        // Of 96 pixels' height the pitch is 3, the finest.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(drawn, (x, y) => new(At(drawn, x, y).B, 255, 255)), Is.Zero);
            Assert.That(Difference(drawn, (x, y) => x < Side - 3 ? At(drawn, x + 3, y) : null), Is.LessThanOrEqualTo(2));
            Assert.That(Values(drawn, pixel => pixel.B).Distinct().Count(), Is.GreaterThan(1));
        }
    }

    [Test]
    public void Blocks_of_a_posterized_mosaic_have_four_steps_a_channel()
    {
        using var source = Photograph.Paint(132, 120);
        using var mosaic = Drawn.Effect("mosaic", source);
        using var drawn = Drawn.Effect("mosaic_posterize", source);
        static byte Stepped(byte value) => (byte)(Math.Floor((value / 255.0 * 3) + 0.5) * 85);
        Assert.That(Difference(drawn, (x, y) => At(mosaic, x, y) is var pixel ? new(Stepped(pixel.B), Stepped(pixel.G), Stepped(pixel.R)) : null), Is.Zero);
    }

    static int[] Values(Framelane.Rendering.Frames.PixelBuffer picture, Func<Pixel, byte> channel) =>
        [.. from y in Enumerable.Range(0, picture.Height) from x in Enumerable.Range(0, picture.Width) select (int)channel(At(picture, x, y))];
}
