using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;

namespace Framelane.Rendering.Tests.Effects;

/// <summary>What holds for each effect of the registry.</summary>
public sealed class EveryEffectTests
{
    // No multiple of the eight pixels that are changed at once.
    const int Width = 331, Height = 187;

    // Of a byte's 255: what a sensor's noise may hide.
    const double Noise = 3;

    static IEnumerable<string> Names => EffectRegistry.All.Select(effect => effect.Name);

    static IEnumerable<string> Others => Names.Where(name => name != "chroma_key");

    [Test]
    public void Every_effect_of_the_contract_is_there_once() => Assert.That(Names, Is.EquivalentTo(
        """
        vintage polaroid portra super8 filmic add_grain rgb_split ghosting displacement_map posterize mosaic mosaic_blur mosaic_posterize cc_halftone
        cc_halftone_blue cc_halftone_green cc_halftone_red invert optics_compensation viewfinder night_vision thermal camera_lens_blur camera_lens_blur_bg
        box_blur lens_flare strobe_light snow glow sepia echo chromatic_aberration vhs vhs_overlay crt television glitch compression_glitch scanlines prism
        light_leaks film_burn duotone cross_process bleach_bypass chroma_key
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)));

    [TestCaseSource(nameof(Others))]
    public void It_differs_from_the_source_and_from_every_other_one_by_more_than_noise(string name)
    {
        using var photograph = Photograph.Paint(Width, Height);
        using var drawn = Drawn.Effect(name, photograph);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Drawn.Distance(drawn, photograph), Is.GreaterThan(Noise), "the source");
            foreach (var other in Others.Where(other => other != name))
            {
                using var compared = Drawn.Effect(other, photograph);
                Assert.That(Drawn.Distance(drawn, compared), Is.GreaterThan(Noise), other);
            }
        }
    }

    [TestCaseSource(nameof(Others))]
    public void It_grows_with_intensity_from_the_source(string name)
    {
        using var photograph = Photograph.Paint(Width, Height);
        using var hardly = Drawn.Effect(name, photograph, 0.002f);
        using var little = Drawn.Effect(name, photograph, 0.1f);
        using var half = Drawn.Effect(name, photograph, 0.5f);
        using var full = Drawn.Effect(name, photograph, 1);
        double[] differences = [.. new[] { hardly, little, half, full }.Select(drawn => Drawn.MeanDifference(drawn, photograph))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(differences[0], Is.LessThan(0.4));
            Assert.That(differences[1], Is.LessThan(0.6 * differences[3] + 0.5));
            Assert.That(differences, Is.Ordered);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void No_colour_is_above_its_alpha_and_what_has_no_alpha_lights_up_nowhere(string name)
    {
        static Pixel Source(int x, int y) => (x / 20 % 3) switch
        {
            0 => new(0, 0, 0, 0),
            1 => new((byte)(x % 128), (byte)(y % 128), 60, 128),
            _ => new(250, (byte)x, (byte)(y * 3)),
        };
        using var source = Pictures.Painted(100, 70, Source);
        using var empty = Pictures.Painted(100, 70, (_, _) => new(0, 0, 0, 0));
        foreach (var intensity in new[] { 0.3f, 1 })
        {
            using var drawn = Drawn.Effect(name, source, intensity);
            using var nothing = Drawn.Effect(name, empty, intensity);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(Pictures.Difference(drawn, (x, y) => Pictures.At(drawn, x, y) is var p && p.B <= p.A && p.G <= p.A && p.R <= p.A ? null : new(0, 0, 0, 0)), Is.Zero);
                Assert.That(nothing.Bytes.IndexOfAnyExcept((byte)0), Is.EqualTo(-1), "nothing");
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void An_opaque_picture_stays_opaque_unless_a_key_opens_it(string name)
    {
        using var photograph = Photograph.Paint(Width, Height);
        using var drawn = Drawn.Effect(name, photograph);
        Assert.That(Pictures.Difference(drawn, (x, y) => name == "chroma_key" || Pictures.At(drawn, x, y).A == 255 ? null : new(0, 0, 0, 0)), Is.Zero);
    }

    [TestCaseSource(nameof(Names))]
    public void The_same_call_gives_the_same_pixels(string name)
    {
        using var photograph = Photograph.Paint(Width, Height);
        using var first = Drawn.Effect(name, photograph);
        using var second = Drawn.Effect(name, photograph);
        Assert.That(second.Bytes.SequenceEqual(first.Bytes));
    }

    [TestCase("add_grain")]
    [TestCase("vintage")]
    [TestCase("super8")]
    [TestCase("night_vision")]
    [TestCase("snow")]
    [TestCase("vhs")]
    [TestCase("vhs_overlay")]
    [TestCase("television")]
    [TestCase("glitch")]
    [TestCase("compression_glitch")]
    [TestCase("film_burn")]
    [TestCase("light_leaks")]
    public void Two_elements_have_chance_of_their_own(string name)
    {
        using var photograph = Photograph.Paint(Width, Height);
        using var one = Drawn.Effect(name, photograph, seed: 7, steady: 11);
        using var other = Drawn.Effect(name, photograph, seed: 8, steady: 12);
        Assert.That(Drawn.MeanDifference(one, other), Is.GreaterThan(0.1));
    }

    [TestCase("snow", 0.05)]
    [TestCase("light_leaks", 0.05)]
    [TestCase("lens_flare", 0.3)]
    [TestCase("vhs_overlay", 0.3)]
    [TestCase("viewfinder", 0.3)]
    [TestCase("glitch", 0.15)]
    [TestCase("compression_glitch", 0.2)]
    [TestCase("film_burn", 0.1)]
    [TestCase("television", 0.1)]
    public void What_moves_moves_with_time_alone(string name, double later)
    {
        using var photograph = Photograph.Paint(Width, Height);
        using var now = Drawn.Effect(name, photograph, time: 1);
        using var then = Drawn.Effect(name, photograph, time: 1 + later);
        Assert.That(then.Bytes.SequenceEqual(now.Bytes), Is.False);
    }

    [Test]
    public void Every_size_of_a_picture_is_taken([ValueSource(nameof(Names))] string name, [Values("1x1", "3x2", "1x40", "57x1", "9x17")] string size)
    {
        var sides = size.Split('x').Select(int.Parse).ToArray();
        using var source = Pictures.Painted(sides[0], sides[1], (x, y) => new((byte)(x * 20), (byte)(y * 10), 200));
        using var drawn = Drawn.Effect(name, source);
        Assert.That(drawn.Bytes.Length, Is.EqualTo(sides[0] * sides[1] * 4));
    }

    [Test]
    public void It_sees_nothing_but_its_picture([ValueSource(nameof(Names))] string name, [Values("1x1", "2x3", "1x40", "57x1", "9x17", "35x33")] string size)
    {
        var sides = size.Split('x').Select(int.Parse).ToArray();
        using var source = Pictures.Painted(sides[0], sides[1], (x, y) => new((byte)(x * 20), (byte)(y * 10), 200));
        using var first = After(0);
        using var second = After(255);
        Assert.That(second.Bytes.SequenceEqual(first.Bytes));

        // Buffers are not empty when they are used again.
        PixelBuffer After(byte held)
        {
            using var pool = new BufferPool();
            foreach (var factor in new[] { 1, 2, 4 })
            {
                var (width, height) = ((sides[0] + factor - 1) / factor, (sides[1] + factor - 1) / factor);
                using var one = pool.Rent(width, height);
                using var turned = pool.Rent(height, width);
                one.Buffer.Bytes.Fill(held);
                turned.Buffer.Bytes.Fill(held);
            }

            var drawn = new PixelBuffer(sides[0], sides[1]);
            source.Bytes.CopyTo(drawn.Bytes);
            EffectRegistry.Find(name)!.Apply(drawn, new(1, 1.3, 7, 11, Chroma: null, pool));
            return drawn;
        }
    }
}
