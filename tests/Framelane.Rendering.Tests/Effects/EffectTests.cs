using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

public sealed class EffectTests
{
    const int Width = 120, Height = 72;

    static IEnumerable<string> Names => EffectRegistry.All.Select(effect => effect.Name);

    static Pixel Source(int x, int y) => x >= 110 ? new(0, 0, 0, 0) : new((byte)(x * 2), (byte)(y * 3), (byte)(255 - x));

    [TestCaseSource(nameof(Names))]
    public void At_no_intensity_it_is_the_source_to_the_pixel_and_in_full_it_is_not(string name)
    {
        using var none = Draw(new SceneEffect { Type = name, Intensity = 0 });
        using var full = Draw(new SceneEffect { Type = name, ChromaSettings = new() { HueMin = 300, HueMax = 60, SatMin = 0, LumMin = 0, LumMax = 1 } });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(none, (x, y) => Source(x, y)), Is.Zero);
            Assert.That(Difference(full, (x, y) => Source(x, y)), Is.GreaterThan(20));
            Assert.That(Difference(full, (x, y) => At(full, x, y) is var p && p.B <= p.A && p.G <= p.A && p.R <= p.A ? null : new(0, 0, 0, 0)), Is.Zero, "premultiplied");
        }
    }

    [TestCase(100)]
    [TestCase(40)]
    public void Inverting_mixes_the_opposite_in(double intensity)
    {
        using var drawn = Draw(new SceneEffect { Type = "invert", Intensity = intensity });
        Assert.That(Difference(drawn, Mixed(intensity, c => [.. c.Select(v => 1 - v)])), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Sepia_is_the_standard_matrix()
    {
        using var drawn = Draw(new SceneEffect { Type = "sepia", Intensity = 70 });
        Assert.That(
            Difference(drawn, Mixed(70, c =>
            [
                0.272 * c[2] + 0.534 * c[1] + 0.131 * c[0],
                0.349 * c[2] + 0.686 * c[1] + 0.168 * c[0],
                0.393 * c[2] + 0.769 * c[1] + 0.189 * c[0],
            ])),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Posterizing_leaves_four_steps_a_channel()
    {
        using var drawn = Draw(new SceneEffect { Type = "posterize" });
        Assert.That(Difference(drawn, Mixed(100, c => [.. c.Select(v => Math.Floor(v * 3 + 0.5) / 3)])), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_mosaic_has_blocks_of_their_mean()
    {
        using var drawn = Draw(new SceneEffect { Type = "mosaic" });
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                var block = from row in Enumerable.Range(y / 6 * 6, 6) from column in Enumerable.Range(x / 6 * 6, 6) select Source(column, row);
                byte Mean(Func<Pixel, byte> channel) => (byte)Math.Round(block.Average(pixel => channel(pixel)));
                return new(Mean(p => p.B), Mean(p => p.G), Mean(p => p.R), Mean(p => p.A));
            }),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void A_split_takes_red_from_the_left_and_blue_from_the_right()
    {
        using var drawn = Draw(new SceneEffect { Type = "rgb_split" });
        Assert.That(
            Difference(drawn, (x, y) => x >= 107 ? null : new(Source(x + 2, y).B, Source(x, y).G, Source(Math.Max(0, x - 2), y).R)),
            Is.Zero);
    }

    [TestCase(100, 0)]
    [TestCase(50, 128)]
    public void A_key_makes_its_range_transparent_as_far_as_intensity_says(double intensity, byte alpha)
    {
        using var pictures = new Pictures().With("i", 40, 20, (x, _) => x < 20 ? new(20, 200, 30) : new(30, 20, 200));
        using var drawn = pictures.Draw(Scene(40, 20, Image("i") with { Effects = [new() { Type = "chroma_key", Intensity = intensity }] }) with { Alpha = true });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(drawn, 5, 5).A, Is.EqualTo(alpha).Within(1));
            Assert.That(At(drawn, 25, 5), Is.EqualTo(new Pixel(30, 20, 200)));
        }
    }

    [TestCase(340, 0)]
    [TestCase(359, 0)]
    [TestCase(360, 0)]
    [TestCase(0, 0)]
    [TestCase(340, 255, 350)]
    public void A_range_of_hues_that_ends_at_360_takes_in_red_and_no_grey(double min, int alpha, double max = 360)
    {
        Pixel red = new(0, 0, 255), pink = new(1, 0, 255), grey = new(100, 100, 100);
        using var pictures = new Pictures().With("i", 30, 10, (x, _) => x < 10 ? red : x < 20 ? pink : grey);
        var key = new SceneEffect { Type = "chroma_key", ChromaSettings = new() { HueMin = min, HueMax = max, SatMin = min == 0 ? 0.2 : 0 } };
        using var drawn = pictures.Draw(Scene(30, 10, Image("i") with { Effects = [key] }) with { Alpha = true });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(drawn, 5, 5).A, Is.EqualTo(alpha));
            Assert.That(At(drawn, 15, 5).A, Is.EqualTo(min == 360 ? 255 : alpha), "its hue is 359.8");
            Assert.That(At(drawn, 25, 5), Is.EqualTo(grey));
        }
    }

    [Test]
    public void Effects_follow_each_other_in_the_lists_order()
    {
        using var drawn = Draw(new SceneEffect { Type = "invert" }, new SceneEffect { Type = "posterize" });
        Assert.That(Difference(drawn, Mixed(100, c => [.. c.Select(v => Math.Floor((1 - v) * 3 + 0.5) / 3)])), Is.LessThanOrEqualTo(1));
    }

    static Framelane.Rendering.Frames.PixelBuffer Draw(params SceneEffect[] effects)
    {
        using var pictures = new Pictures().With("i", Width, Height, Source);
        return pictures.Draw(Scene(Width, Height, Image("i") with { Effects = effects }) with { Alpha = true });
    }

    // Blue, green, red.
    static Func<int, int, Pixel?> Mixed(double intensity, Func<double[], double[]> effect) => (x, y) =>
    {
        var source = Source(x, y);
        if (source.A == 0)
            return source;
        double[] from = [source.B / 255.0, source.G / 255.0, source.R / 255.0];
        var to = effect(from);
        byte Byte(int channel) => (byte)Math.Round(Math.Clamp(from[channel] + (to[channel] - from[channel]) * intensity / 100, 0, 1) * 255);
        return new(Byte(0), Byte(1), Byte(2));
    };
}
