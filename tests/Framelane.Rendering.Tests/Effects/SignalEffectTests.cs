using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

public sealed class SignalEffectTests
{
    [TestCase(720, 3, 1)]
    [TestCase(720, 3, 0.5f)]
    [TestCase(1200, 5, 1)]
    public void Scan_lines_are_240_a_picture(int height, int period, float intensity)
    {
        using var source = Painted(20, height, (_, _) => new(60, 120, 240));
        using var drawn = Drawn.Effect("scanlines", source, intensity);
        Assert.That(
            Difference(drawn, (_, y) =>
            {
                var light = 1 - intensity * 0.65 * (0.5 + 0.5 * Math.Cos(2 * Math.PI * (y % period + 0.5) / period));
                return new((byte)Math.Round(60 * light), (byte)Math.Round(120 * light), (byte)Math.Round(240 * light));
            }),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Ghosts_stand_to_the_right_each_fainter()
    {
        using var source = Painted(400, 30, (x, _) => x is >= 100 and < 104 ? new(240, 240, 240) : new(0, 0, 0));
        using var drawn = Drawn.Effect("ghosting", source);
        // 3.5 % of the width apart; of all the light, each has its share.
        (int Shift, double Strength)[] copies = [(0, 1), (14, 0.5), (28, 0.32), (42, 0.2)];
        Assert.That(
            Difference(drawn, (x, _) => (byte)Math.Round(copies.Sum(copy => x - copy.Shift is >= 100 and < 104 ? 240 * copy.Strength : 0) / 2.02) is var level ? new(level, level, level) : null),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void An_echo_trails_outwards_each_copy_larger_and_fainter()
    {
        using var source = Painted(401, 201, (x, y) => Math.Abs(x - 300) <= 3 && Math.Abs(y - 100) <= 3 ? new(250, 250, 250) : new(0, 0, 0));
        using var drawn = Drawn.Effect("echo", source);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(drawn, 300, 100).G, Is.EqualTo(250));
            for (var copy = 1; copy <= 4; copy++)
                Assert.That(At(drawn, (int)Math.Round(200 + 100 * Math.Pow(1.08, copy)), 100).G, Is.EqualTo(250 * Math.Pow(0.78, copy)).Within(6), $"{copy}");
            Assert.That(Difference(drawn, (x, y) => x < 290 || x > 346 ? new(0, 0, 0) : null), Is.Zero);
        }
    }

    [Test]
    public void A_tape_smears_colour_further_than_luma_and_tears_below()
    {
        const int width = 640, height = 360;
        // Two halves of the same luma and other colours; and two of other lumas.
        using var colors = Painted(width, height, (x, _) => x < 320 ? new(40, 60, 240) : new(240, 114, 23));
        using var greys = Painted(width, height, (x, _) => x < 320 ? new(60, 60, 60) : new(190, 190, 190));
        using var smeared = Drawn.Effect("vhs", colors);
        using var kept = Drawn.Effect("vhs", greys);
        double[] Profile(PixelBuffer picture, Func<Pixel, double> value, int top, int bottom) =>
            [.. Enumerable.Range(0, width).Select(x => Enumerable.Range(top, bottom - top).Average(y => value(At(picture, x, y))))];
        // How many columns lie between a quarter and three quarters of the way.
        static int Reach(double[] profile)
        {
            var (from, to) = (profile[200..260].Average(), profile[400..460].Average());
            return profile.Count(value => (value - from) / (to - from) is > 0.2 and < 0.8);
        }

        var (chroma, luma) = (Profile(smeared, pixel => pixel.R - pixel.B, 20, 300), Profile(kept, pixel => pixel.G, 20, 300));
        var torn = Profile(kept, pixel => pixel.G, height - 2, height);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Reach(chroma), Is.GreaterThan(2 * Reach(luma)));
            // The colour's edge lags to the right.
            Assert.That(Array.FindIndex(chroma, value => value < 0), Is.GreaterThan(321));
            Assert.That(luma.Skip(322).Take(8).Max(), Is.GreaterThan(luma[400..460].Average() + 3), "overshoot");
            Assert.That(Array.FindIndex(torn, value => value > 130), Is.GreaterThan(335), "tear");
        }
    }

    [Test]
    public void A_recorders_overlay_leaves_the_picture_sharp_but_for_its_signs_and_its_noise()
    {
        using var photograph = Photograph.Paint(640, 360);
        using var drawn = Drawn.Effect("vhs_overlay", photograph);
        var kept = Enumerable.Range(0, 640 * 360).Count(i => At(drawn, i % 640, i / 640) == At(photograph, i % 640, i / 640));
        using var grey = Painted(640, 360, (_, _) => new(90, 90, 90));
        using var signs = Drawn.Effect("vhs_overlay", grey);
        var white = Enumerable.Range(0, 160 * 30).Count(i => At(signs, 20 + i % 160, 26 + i / 160) is { R: > 215, G: > 215, B: > 225 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kept, Is.GreaterThan(640 * 360 * 0.75));
            Assert.That(white, Is.GreaterThan(100), "PLAY");
        }
    }

    [Test]
    public void A_tube_has_round_corners_stripes_of_three_colours_and_240_lines()
    {
        using var source = Painted(1280, 720, (_, _) => new(120, 120, 120));
        using var drawn = Drawn.Effect("crt", source);
        var (reds, greens, blues) = (Phases(pixel => pixel.R), Phases(pixel => pixel.G), Phases(pixel => pixel.B));
        var rows = Enumerable.Range(345, 30).Select(y => Enumerable.Range(600, 60).Average(x => At(drawn, x, y).G)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            foreach (var (x, y) in new[] { (0, 0), (1279, 0), (0, 719), (1279, 719) })
                Assert.That(At(drawn, x, y), Is.EqualTo(new Pixel(0, 0, 0)));
            Assert.That((Brightest(reds), Brightest(greens), Brightest(blues)), Is.EqualTo((0, 1, 2)));
            // Near the middle a line is three pixels high.
            Assert.That(Enumerable.Range(1, 28).Count(y => rows[y] > rows[y - 1] && rows[y] >= rows[y + 1]), Is.InRange(9, 10));
            Assert.That(Enumerable.Range(600, 60).Average(x => Enumerable.Range(345, 30).Average(y => At(drawn, x, y).G)), Is.EqualTo(120).Within(25), "brightness");
        }

        double[] Phases(Func<Pixel, byte> channel) => [.. Enumerable.Range(0, 3).Select(phase => Enumerable.Range(200, 20).Average(i => (double)channel(At(drawn, (3 * i) + phase, 360))))];
        static int Brightest(double[] phases) => Array.IndexOf(phases, phases.Max());
    }

    [Test]
    public void An_old_set_is_pale_snowy_and_dark_in_every_other_line()
    {
        using var source = Painted(640, 480, (_, _) => new(40, 60, 200));
        using var drawn = Drawn.Effect("television", source);
        double Mean(Func<Pixel, double> value, int parity) => Enumerable.Range(100, 140).Average(y => Enumerable.Range(200, 200).Average(x => value(At(drawn, x, 2 * (y % 100) + 140 + parity))));
        var levels = Enumerable.Range(200, 200).Select(x => (double)At(drawn, x, 240).G).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Mean(pixel => pixel.R - pixel.B, 0), Is.InRange(15, 80), "pale");
            Assert.That(Mean(pixel => pixel.G, 1), Is.LessThan(0.8 * Mean(pixel => pixel.G, 0)));
            Assert.That(Math.Sqrt(levels.Average(level => level * level) - Math.Pow(levels.Average(), 2)), Is.GreaterThan(15), "snow");
        }
    }

    [Test]
    public void A_glitch_moves_bands_and_holds_for_a_tenth_of_a_second()
    {
        using var source = Painted(400, 240, (x, _) => x / 40 % 2 == 0 ? new(30, 30, 30) : new(220, 220, 220));
        using var drawn = Drawn.Effect("glitch", source, time: 2.01, seed: 1);
        using var held = Drawn.Effect("glitch", source, time: 2.09, seed: 2);
        using var next = Drawn.Effect("glitch", source, time: 2.11, seed: 3);
        // By green, where the first dark bar ends in each row.
        var edges = Enumerable.Range(0, 240).Select(y => Enumerable.Range(40, 80).FirstOrDefault(x => At(drawn, x, y).G > 120)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.Bytes.SequenceEqual(drawn.Bytes));
            Assert.That(next.Bytes.SequenceEqual(drawn.Bytes), Is.False);
            Assert.That(edges.Count(edge => edge == 40), Is.InRange(60, 230));
            Assert.That(edges.Distinct().Count(), Is.InRange(4, 40));
        }
    }

    [Test]
    public void Lost_data_damages_whole_macroblocks()
    {
        using var photograph = Photograph.Paint(640, 360);
        using var drawn = Drawn.Effect("compression_glitch", photograph);
        // A 45th of the height. A block is as it was, or for the most part another.
        var shares = from top in Enumerable.Range(0, 45)
                     from left in Enumerable.Range(0, 80)
                     select Enumerable.Range(0, 64).Count(i => At(drawn, left * 8 + i % 8, top * 8 + i / 8) != At(photograph, left * 8 + i % 8, top * 8 + i / 8)) / 64.0;
        var blocks = shares.ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(blocks.Count(share => share == 0), Is.InRange(1200, 3400));
            Assert.That(blocks.Count(share => share > 0.5), Is.GreaterThan(0.9 * blocks.Count(share => share > 0)));
        }
    }
}
