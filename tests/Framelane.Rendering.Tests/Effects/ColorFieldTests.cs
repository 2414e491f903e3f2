using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

/// <summary>The colour fields of an element against their formulas in floating point, for a single pixel value at a time.</summary>
public sealed class ColorFieldTests
{
    const int Width = 64, Height = 48;

    static IEnumerable<TestCaseData> Cases()
    {
        static TestCaseData Case(string name, Func<ImageElement, ImageElement> set, Func<double[], double[]> reference) =>
            new TestCaseData(set, reference).SetArgDisplayNames(name);

        foreach (var amount in new[] { -100.0, -30, 45, 100 })
        {
            yield return Case($"brightness {amount}", e => e with { Brightness = amount }, c => [.. c.Select(v => v + amount / 100)]);
            yield return Case($"contrast {amount}", e => e with { Contrast = amount }, c => [.. c.Select(v => (v - 0.5) * (1 + amount / 100) + 0.5)]);
            yield return Case($"exposure {amount}", e => e with { Exposure = amount }, c => [.. c.Select(v => Math.Pow(Math.Pow(v, 2.2) * Math.Pow(4, amount / 100), 1 / 2.2))]);
            yield return Case($"saturation {amount}", e => e with { Saturation = amount }, c =>
            {
                var grey = 0.213 * c[0] + 0.715 * c[1] + 0.072 * c[2];
                return [.. c.Select(v => grey + (v - grey) * (1 + amount / 100))];
            });
        }

        yield return Case("hue 0.0001", e => e with { HueRotate = 0.0001 }, c => c);
        yield return Case("hue 120", e => e with { HueRotate = 120 }, c => Hue(c, 120));
        yield return Case("hue -75", e => e with { HueRotate = -75 }, c => Hue(c, -75));
    }

    [TestCaseSource(nameof(Cases))]
    public void A_field_follows_its_formula(Func<ImageElement, ImageElement> set, Func<double[], double[]> reference)
    {
        using var pictures = new Pictures().With("i", Width, Height, (x, y) => new((byte)(x * 4), (byte)(y * 5), (byte)(255 - x * 2)));
        using var drawn = pictures.Draw(Scene(Width, Height, set(Image("i"))));
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                var rgb = reference([(255 - x * 2) / 255.0, y * 5 / 255.0, x * 4 / 255.0]);
                return new(Byte(rgb[2]), Byte(rgb[1]), Byte(rgb[0]));
            }),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Half_transparent_colours_change_as_opaque_ones_do()
    {
        var scene = Scene(16, 16, Image("i") with { Brightness = 20, Contrast = 30, HueRotate = 40 }) with { Alpha = true };
        using var pictures = new Pictures().With("i", 16, 16, (_, _) => new(40, 60, 100, 128));
        using var opaque = new Pictures().With("i", 16, 16, (_, _) => new(80, 120, 199));
        using var half = pictures.Draw(scene);
        using var whole = opaque.Draw(scene);
        var expected = At(whole, 3, 3);
        Assert.That(At(half, 3, 3).DistanceTo(new((byte)(expected.B / 2), (byte)(expected.G / 2), (byte)(expected.R / 2), 128)), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void A_blur_is_gaussian_with_a_twentieth_of_the_shorter_side_at_100()
    {
        const int side = 200;
        using var pictures = new Pictures().With("i", side, side, (x, _) => x < 100 ? new(0, 0, 0) : new(255, 255, 255));
        using var drawn = pictures.Draw(Scene(side, side, Image("i") with { Blur = 50 }));
        // An edge blurred by a deviation of 5 is the normal distribution's integral; by steps of a tenth of a pixel. Tolerance: Skia's three boxes.
        static double Integral(double to) => Enumerable.Range(-400, 800).Select(i => i / 10.0).Where(t => t < to).Sum(t => Math.Exp(-t * t / 50) / (5 * Math.Sqrt(2 * Math.PI)) * 0.1);
        Assert.That(
            Difference(drawn, (x, _) => Byte(Integral(x + 0.5 - 100)) is var level ? new(level, level, level) : null),
            Is.LessThanOrEqualTo(6));
    }

    [Test]
    public void Sharpness_raises_the_contrast_of_edges_and_leaves_plains()
    {
        using var pictures = new Pictures().With("i", 40, 20, (x, _) => x < 20 ? new(100, 100, 100) : new(150, 150, 150));
        using var drawn = pictures.Draw(Scene(40, 20, Image("i") with { Sharpness = 100 }));
        // Beside the edge, Gauss with deviation 1 mixes in 31 % of the other side; its difference is added twice.
        var reach = 2 * 50 * 0.309;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(drawn, 5, 10).G, Is.EqualTo(100));
            Assert.That(At(drawn, 19, 10).G, Is.EqualTo(100 - reach).Within(5));
            Assert.That(At(drawn, 20, 10).G, Is.EqualTo(150 + reach).Within(5));
        }
    }

    [Test]
    public void A_vignette_darkens_with_the_square_of_the_distance()
    {
        using var pictures = new Pictures().With("i", Width, Height, (_, _) => new(200, 100, 50));
        using var drawn = pictures.Draw(Scene(Width, Height, Image("i") with { Vignette = 70 }));
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                var light = 1 - 0.7 * (Math.Pow((x + 0.5) / Width * 2 - 1, 2) + Math.Pow((y + 0.5) / Height * 2 - 1, 2)) / 2;
                return new(Byte(200 / 255.0 * light), Byte(100 / 255.0 * light), Byte(50 / 255.0 * light));
            }),
            Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Noise_is_even_about_the_source_and_drawn_from_the_id_and_the_time()
    {
        using var pictures = new Pictures().With("i", 200, 200, (_, _) => new(128, 128, 128)).With("j", 200, 200, (_, _) => new(128, 128, 128));
        byte[] Draw(string id, double time)
        {
            using var drawn = pictures.Draw(Scene(200, 200, Image(id) with { Noise = 40 }), time);
            return drawn.Bytes.ToArray();
        }

        var first = Draw("i", 0);
        var levels = first.Where((_, index) => index % 4 == 0).Select(level => level - 128.0).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(levels.Average(), Is.Zero.Within(0.5));
            // Evenly from −25.5 to 25.5.
            Assert.That(Math.Sqrt(levels.Average(level => level * level)), Is.EqualTo(25.5 / Math.Sqrt(3)).Within(0.5));
            Assert.That(Draw("i", 0), Is.EqualTo(first));
            Assert.That(Draw("j", 0), Is.Not.EqualTo(first));
            Assert.That(Draw("i", 1), Is.Not.EqualTo(first));
        }
    }

    // The luminance-preserving rotation of SVG's feColorMatrix, as three sums of matrices.
    static double[] Hue(double[] c, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        double[] luma = [0.213, 0.715, 0.072];
        double[][] turn = [[-0.213, -0.715, 0.928], [0.143, 0.140, -0.283], [-0.787, 0.715, 0.072]];
        return [.. Enumerable.Range(0, 3).Select(to => Enumerable.Range(0, 3).Sum(from => c[from] * (luma[from] + cos * ((to == from ? 1 : 0) - luma[from]) + sin * turn[to][from])))];
    }

    static byte Byte(double value) => (byte)Math.Round(Math.Clamp(value, 0, 1) * 255);
}
