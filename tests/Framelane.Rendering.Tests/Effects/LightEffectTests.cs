using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

public sealed class LightEffectTests
{
    [Test]
    public void A_glow_shines_from_what_is_bright_and_from_nothing_else()
    {
        using var bright = Painted(200, 200, (x, y) => x is > 80 and < 120 && y is > 80 and < 120 ? new(250, 250, 250) : new(0, 0, 0, 0));
        using var dark = Painted(64, 64, (x, y) => new((byte)(x * 2), (byte)y, 70));
        using var shining = Drawn.Effect("glow", bright);
        using var same = Drawn.Effect("glow", dark);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(same, (x, y) => At(dark, x, y)), Is.Zero);
            // The nearer, the lighter; as much alpha as light.
            Assert.That(At(shining, 122, 100).G, Is.GreaterThan(At(shining, 130, 100).G + 20));
            Assert.That(At(shining, 130, 100).G, Is.GreaterThan(At(shining, 140, 100).G));
            Assert.That(At(shining, 130, 100).A, Is.EqualTo(At(shining, 130, 100).G).Within(6));
            Assert.That(At(shining, 5, 5), Is.EqualTo(new Pixel(0, 0, 0, 0)));
        }
    }

    [TestCase("lens_flare")]
    [TestCase("light_leaks")]
    [TestCase("film_burn")]
    [TestCase("snow")]
    [TestCase("glow")]
    public void Light_makes_nothing_darker(string name)
    {
        using var photograph = Photograph.Paint(331, 187);
        using var drawn = Drawn.Effect(name, photograph);
        Assert.That(
            Difference(drawn, (x, y) => (At(drawn, x, y), At(photograph, x, y)) is var (now, before) && now.B >= before.B && now.G >= before.G && now.R >= before.R ? null : before),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_flare_has_its_lamp_at_the_upper_left_and_its_reflections_beyond_the_middle()
    {
        using var black = Painted(640, 360, (_, _) => new(0, 0, 0));
        using var drawn = Drawn.Effect("lens_flare", black, time: 0);
        var brightest = Enumerable.Range(0, 640 * 360).MaxBy(i => At(drawn, i % 640, i / 640) is var p ? p.R + p.G + p.B : 0);
        // The lamp, mirrored at the middle by 1.25 and by half.
        var (lampX, lampY) = (-0.27 * 640, (-0.24 + 0.015) * 360);
        Pixel Along(double place, double across = 0) => At(drawn, (int)(320 + place * lampX + across), (int)(180 + place * lampY));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(brightest % 640, Is.EqualTo(320 + lampX).Within(12));
            Assert.That(brightest / 640, Is.EqualTo(180 + lampY).Within(12));
            Assert.That(Along(-1.25).B, Is.GreaterThan(Along(-1.25, 90).B + 15));
            Assert.That(Along(-0.85).R, Is.GreaterThan(Along(-0.85).B + 15));
        }
    }

    [Test]
    public void Leaks_are_warm_veils_from_the_sides()
    {
        using var black = Painted(640, 360, (_, _) => new(0, 0, 0));
        using var drawn = Drawn.Effect("light_leaks", black);
        var (left, middle, right) = (Mean(drawn, 0, 80), Mean(drawn, 290, 350), Mean(drawn, 560, 640));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left.R + right.R, Is.GreaterThan(4 * middle.R + 60));
            Assert.That(left.R + right.R, Is.GreaterThan(2 * (left.B + right.B)));
        }
    }

    [Test]
    public void A_burn_goes_from_white_through_yellow_and_red_to_the_picture()
    {
        using var black = Painted(640, 360, (_, _) => new(0, 0, 0));
        using var drawn = Drawn.Effect("film_burn", black);
        var pixels = Enumerable.Range(0, 640 * 360).Select(i => At(drawn, i % 640, i / 640)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pixels.Count(pixel => pixel is { R: > 240, G: > 225, B: > 190 }), Is.GreaterThan(pixels.Length / 50), "white");
            Assert.That(pixels.Count(pixel => pixel is { R: > 230, G: > 130, B: < 100 }), Is.GreaterThan(pixels.Length / 100), "yellow");
            Assert.That(pixels.Count(pixel => pixel is { R: > 90, G: < 40, B: < 20 }), Is.GreaterThan(pixels.Length / 100), "red");
            Assert.That(pixels.Count(pixel => pixel is { R: < 3, G: < 3, B: < 3 }), Is.GreaterThan(pixels.Length / 5), "the picture");
            Assert.That(pixels.Max(pixel => pixel.B - pixel.R), Is.LessThanOrEqualTo(0), "never cold");
        }
    }

    [Test]
    public void A_strobe_flashes_three_times_a_second_and_is_dark_between()
    {
        using var grey = Painted(8, 8, (_, _) => new(100, 100, 100));
        byte[] levels = [.. Enumerable.Range(0, 60).Select(frame =>
        {
            using var drawn = Drawn.Effect("strobe_light", grey, time: frame / 30.0);
            return At(drawn, 4, 4).G;
        })];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(levels.Distinct(), Is.EquivalentTo(new byte[] { 206, 10 }));
            Assert.That(levels.Zip(levels.Skip(1)).Count(pair => pair.First < pair.Second), Is.EqualTo(5), "flashes after the first, in two seconds");
            Assert.That(levels.Count(level => level == 206), Is.EqualTo(30));
        }
    }

    [Test]
    public void Flakes_are_white_and_fall()
    {
        const int width = 320, height = 180;
        using var black = Painted(width, height, (_, _) => new(0, 0, 0));
        var now = Rows(1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(now.Count(level => level > 60), Is.InRange(100, width * height / 8));
            // What is seen a moment later matches what was above it best.
            Assert.That(Enumerable.Range(-3, 7).MinBy(shift => Mismatch(now, Rows(1.08), shift)), Is.GreaterThan(0));
        }

        byte[] Rows(double time)
        {
            using var drawn = Drawn.Effect("snow", black, time: time);
            Assert.That(Difference(drawn, (x, y) => At(drawn, x, y) is var p && p.R == p.G && p.G == p.B ? null : new(0, 0, 0)), Is.Zero);
            return [.. Enumerable.Range(0, width * height).Select(i => At(drawn, i % width, i / width).G)];
        }

        static long Mismatch(byte[] before, byte[] after, int shift)
        {
            var sum = 0L;
            for (var y = 5; y < height - 5; y++)
            {
                for (var x = 0; x < width; x++)
                    sum += Math.Abs(before[(y - shift) * width + x] - after[y * width + x]);
            }

            return sum;
        }
    }

    static (double B, double G, double R) Mean(PixelBuffer picture, int left, int right)
    {
        var pixels = (from y in Enumerable.Range(0, picture.Height) from x in Enumerable.Range(left, right - left) select At(picture, x, y)).ToArray();
        return (pixels.Average(pixel => pixel.B), pixels.Average(pixel => pixel.G), pixels.Average(pixel => pixel.R));
    }
}
