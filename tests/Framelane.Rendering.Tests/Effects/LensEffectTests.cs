using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

public sealed class LensEffectTests
{
    [TestCase(1)]
    [TestCase(0.63f)]
    [TestCase(0.05f)]
    public void A_box_blur_is_the_plain_mean_of_a_square(float intensity)
    {
        const int width = 133, height = 120;
        using var source = Photograph.Paint(width, height);
        using var drawn = Drawn.Effect("box_blur", source, intensity);
        using var reference = Boxed(source, intensity * 0.025 * height);
        Assert.That(Difference(drawn, (x, y) => At(reference, x, y)), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void A_blurred_mosaic_is_the_mosaic_under_a_box()
    {
        using var source = Photograph.Paint(132, 120);
        using var mosaic = Drawn.Effect("mosaic", source);
        using var drawn = Drawn.Effect("mosaic_blur", source);
        // Its blocks are of 10 pixels.
        using var reference = Boxed(mosaic, 2.2);
        Assert.That(Difference(drawn, (x, y) => At(reference, x, y)), Is.LessThanOrEqualTo(2));
    }

    [TestCase(0.5f, 4)]
    [TestCase(1, 8)]
    public void Out_of_focus_a_light_is_a_bright_disc(float intensity, int radius)
    {
        // The disc is a fortieth of the side. A light of 4 by 4 pixels.
        using var source = Painted(320, 320, (x, y) => x is >= 158 and < 162 && y is >= 158 and < 162 ? new(255, 255, 255) : new(0, 0, 0));
        using var drawn = Drawn.Effect("camera_lens_blur", source, intensity);
        // By its light, which is shared out: the square of what is encoded.
        var expected = 255 * Math.Sqrt(16 / (Math.PI * radius * radius));
        using (Assert.EnterMultipleScope())
        {
            foreach (var (x, y) in new[] { (0, 0), (radius - 3, 0), (0, 3 - radius), (radius / 4, radius / 4) })
                Assert.That(At(drawn, 160 + x, 160 + y).G, Is.EqualTo(expected).Within(0.15 * expected), $"{x} {y}");
            Assert.That(Difference(drawn, (x, y) => Math.Sqrt(Math.Pow(x - 160, 2) + Math.Pow(y - 160, 2)) > radius + 5 ? new(0, 0, 0) : null), Is.Zero);
        }
    }

    [Test]
    public void Out_of_focus_takes_less_memory_than_the_picture()
    {
        const int width = 4096, height = 2048;
        using var source = new PixelBuffer(width, height);
        source.Bytes.Fill(128);
        var before = GC.GetAllocatedBytesForCurrentThread();
        // A radius of two pixels.
        using var drawn = Drawn.Effect("camera_lens_blur", source, 2 / 0.025f / height);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(width * height * PixelBuffer.BytesPerPixel / 2));
    }

    [TestCase(0.4f)]
    [TestCase(1)]
    public void Out_of_focus_it_is_the_same_upside_down_to_the_bit(float intensity)
    {
        // No multiple of any part that it may be blurred in, and so narrow that it is not made smaller.
        const int width = 149, height = 467;
        using var source = Photograph.Paint(width, height);
        using var turned = Painted(width, height, (x, y) => At(source, x, height - 1 - y));
        using var drawn = Drawn.Effect("camera_lens_blur", source, intensity);
        using var drawnTurned = Drawn.Effect("camera_lens_blur", turned, intensity);
        Assert.That(Difference(drawn, (x, y) => At(drawnTurned, x, height - 1 - y)), Is.Zero);
    }

    [Test]
    public void Blurred_surroundings_leave_the_middle_to_the_pixel()
    {
        using var source = Photograph.Paint(320, 200);
        using var all = Drawn.Effect("camera_lens_blur", source);
        using var drawn = Drawn.Effect("camera_lens_blur_bg", source);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(drawn, (x, y) => x is > 120 and < 200 && y is > 75 and < 125 ? At(source, x, y) : null), Is.Zero);
            Assert.That(Difference(drawn, (x, y) => x is < 40 or > 280 ? At(all, x, y) : null), Is.LessThanOrEqualTo(1));
        }
    }

    [Test]
    public void Red_is_seen_larger_and_blue_smaller()
    {
        // Ramps, between whose pixels every reading is exact.
        static Pixel Source(int x, int y) => new((byte)x, 90, (byte)x);
        using var source = Painted(251, 101, Source);
        using var drawn = Drawn.Effect("chromatic_aberration", source);
        Assert.That(
            Difference(drawn, (x, _) =>
            {
                var shift = (x - 125) * 0.016;
                return new((byte)Math.Round(Math.Clamp(x + shift, 0, 250)), 90, (byte)Math.Round(Math.Clamp(x - shift, 0, 250)));
            }),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_barrel_swells_the_middle_and_leaves_the_corners()
    {
        const int width = 201, height = 121;
        using var source = Painted(width, height, (x, y) => new(50, (byte)(y * 2), (byte)x));
        using var drawn = Drawn.Effect("optics_compensation", source);
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                var (across, down) = (x - 100.0, y - 60.0);
                var factor = (1 + 0.5 * (across * across + down * down) / (100.0 * 100 + 60 * 60)) / 1.5;
                return new(50, (byte)Math.Round((60 + down * factor) * 2), (byte)Math.Round(100 + across * factor));
            }),
            Is.LessThanOrEqualTo(1));
    }

    [TestCase(255, 128)]
    [TestCase(0, 128)]
    [TestCase(128, 255)]
    public void The_map_moves_by_red_across_and_by_green_down(byte red, byte green)
    {
        // Where red and green are the same everywhere, so is the way; blue tells it.
        const int side = 200;
        var (wayX, wayY) = (2 * 0.06 * side * (red / 255.0 - 0.5), 2 * 0.06 * side * (green / 255.0 - 0.5));
        using var source = Painted(side, side, (x, y) => new((byte)((x + y) / 2), green, red));
        using var drawn = Drawn.Effect("displacement_map", source);
        Assert.That(
            Difference(drawn, (x, y) => x is < 20 or > 180 || y is < 20 or > 180 ? null : new((byte)Math.Round((x - wayX + y - wayY) / 2), green, red)),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_prism_leaves_the_middle_and_spreads_a_light_at_the_side_into_its_colours()
    {
        // A white bar that the right side's glass shows again, further out.
        using var source = Painted(400, 100, (x, _) => x is >= 300 and < 306 ? new(255, 255, 255) : new(0, 0, 0));
        using var drawn = Drawn.Effect("prism", source);
        var seen = Enumerable.Range(310, 90).Select(x => At(drawn, x, 50)).ToArray();
        double Middle(Func<Pixel, byte> channel) => seen.Select((pixel, i) => (double)i * channel(pixel)).Sum() / seen.Sum(pixel => (double)channel(pixel));
        var (red, green, blue) = (Middle(pixel => pixel.R), Middle(pixel => pixel.G), Middle(pixel => pixel.B));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(drawn, (x, y) => x is > 152 and < 248 ? At(source, x, y) : null), Is.Zero);
            Assert.That(seen.Max(pixel => pixel.R), Is.GreaterThan(20));
            Assert.That(blue - green, Is.GreaterThan(3));
            Assert.That(green - red, Is.GreaterThan(3));
        }
    }

    [Test]
    public void A_finder_blinks_its_red_dot_twice_a_second_and_leaves_the_picture_between_its_signs()
    {
        using var source = Painted(320, 200, (_, _) => new(90, 90, 90));
        using var on = Drawn.Effect("viewfinder", source, time: 3.2);
        using var off = Drawn.Effect("viewfinder", source, time: 3.7);
        static int Reds(PixelBuffer picture) => Enumerable.Range(0, 320 * 200).Count(i => At(picture, i % 320, i / 320) is { R: > 200, G: < 80 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reds(on), Is.InRange(20, 80));
            Assert.That(Reds(off), Is.Zero);
            Assert.That(Difference(on, (x, y) => x is > 20 and < 150 && y is > 60 and < 95 ? new(90, 90, 90) : null), Is.Zero);
            Assert.That(At(on, 160, 100).G, Is.GreaterThan(180), "the cross");
        }
    }

    /// <summary>The mean of the square, pixel by pixel; of its outermost pixels a part counts.</summary>
    static PixelBuffer Boxed(PixelBuffer source, double radius)
    {
        var whole = (int)radius;
        double Weight(int distance) => Math.Abs(distance) <= whole ? 1 : radius - whole;
        return Painted(source.Width, source.Height, (x, y) =>
        {
            double b = 0, g = 0, r = 0, sum = 0;
            for (var down = -whole - 1; down <= whole + 1; down++)
            {
                for (var across = -whole - 1; across <= whole + 1; across++)
                {
                    var (pixel, weight) = (At(source, Math.Clamp(x + across, 0, source.Width - 1), Math.Clamp(y + down, 0, source.Height - 1)), Weight(across) * Weight(down));
                    (b, g, r, sum) = (b + weight * pixel.B, g + weight * pixel.G, r + weight * pixel.R, sum + weight);
                }
            }

            return new((byte)Math.Round(b / sum), (byte)Math.Round(g / sum), (byte)Math.Round(r / sum));
        });
    }
}
