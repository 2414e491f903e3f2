using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Transitions;

namespace Framelane.Rendering.Tests.Transitions;

/// <summary>What each transition's name promises, of two plain pictures of which one is the share of the other.</summary>
public sealed class LookTests
{
    const int Width = 320, Height = 180;

    static readonly Pixel Black = new(0, 0, 0), White = new(255, 255, 255);

    static IEnumerable<ITransition> All => TransitionRegistry.All;

    static IEnumerable<ITransition> Opaque => TransitionRegistry.All.Where(transition => transition.KeepsOpaque);

    /// <summary>Patterned, so that nothing that moves looks like what does not.</summary>
    static PixelBuffer From(int width = Width, int height = Height) =>
        Pictures.Painted(width, height, (x, y) => new((byte)(x * 200 / width), (byte)(x / 10 % 2 * 120), (byte)(y * 90 / height)));

    static PixelBuffer To(int width = Width, int height = Height) =>
        Pictures.Painted(width, height, (x, y) => new(40, (byte)(y * 220 / height), (byte)(y / 10 % 2 * 200 + 40)));

    static PixelBuffer Draw(string name, double progress, Func<int, int, Pixel>? from = null, Func<int, int, Pixel>? to = null)
    {
        using var first = from is null ? From() : Pictures.Painted(Width, Height, from);
        using var second = to is null ? To() : Pictures.Painted(Width, Height, to);
        var target = new PixelBuffer(Width, Height);
        TransitionRegistry.Get(name).Draw(first, second, progress, target);
        return target;
    }

    // 0 where the first is seen, 1 where the second is; coordinates are shares of the sides.
    static double[,] Shares(string name, double progress)
    {
        using var drawn = Draw(name, progress, (_, _) => Black, (_, _) => White);
        var shares = new double[Width, Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
                shares[x, y] = Pictures.At(drawn, x, y).G / 255.0;
        }

        return shares;
    }

    static double Mean(double[,] shares) => shares.Cast<double>().Average();

    static double Distance(PixelBuffer a, PixelBuffer b)
    {
        double sum = 0;
        for (var at = 0; at < a.Bytes.Length; at++)
            sum += Math.Abs(a.Bytes[at] - b.Bytes[at]);
        return sum / a.Bytes.Length;
    }

    [Test]
    public void Every_name_of_the_contract_is_built() => Assert.That(
        TransitionRegistry.All.Select(transition => transition.Name),
        Is.EquivalentTo((string[])["cross_dissolve", "dip_to_black", "dip_to_white", "wipe_left", "wipe_right", "wipe_up", "wipe_down", "diagonal_wipe",
            "barn_doors_horizontal", "barn_doors_vertical", "iris", "page_turn", "cross_zoom", "gradient_wipe", "band_wipe", "box_wipe", "swirl",
            "glitch_memories", "window_slice", "cube", "doorway", "pinwheel", "water_drop", "crosshatch", "dreamy", "angular", "burn", "heart",
            "circle_open", "color_phase", "squares_wire"]));

    [Test]
    public void Each_looks_unlike_every_other([Values(0.3, 0.45, 0.7)] double progress)
    {
        var drawn = All.Select(transition => (transition.Name, Picture: Draw(transition.Name, progress))).ToArray();
        for (var one = 0; one < drawn.Length; one++)
        {
            for (var other = one + 1; other < drawn.Length; other++)
                Assert.That(Distance(drawn[one].Picture, drawn[other].Picture), Is.GreaterThan(1.5), $"{drawn[one].Name}, {drawn[other].Name}");
        }

        foreach (var (_, picture) in drawn)
            picture.Dispose();
    }

    [TestCaseSource(nameof(All))]
    public void It_leaves_the_first_and_reaches_the_second_without_a_jump(ITransition transition)
    {
        using var from = From();
        using var to = To();
        using var early = Draw(transition.Name, 0.004);
        using var late = Draw(transition.Name, 0.996);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Distance(early, from), Is.LessThan(4));
            Assert.That(Distance(late, to), Is.LessThan(4));
        }
    }

    [TestCaseSource(nameof(Opaque))]
    public void What_says_that_it_stays_opaque_does(ITransition transition)
    {
        for (var step = 0; step <= 20; step++)
        {
            using var drawn = Draw(transition.Name, step / 20.0);
            Assert.That(Pictures.Difference(drawn, (x, y) => Pictures.At(drawn, x, y) with { A = 255 }), Is.Zero, $"{step}");
        }
    }

    [Test]
    public void No_size_is_too_odd_or_too_small(
        [ValueSource(nameof(All))] ITransition transition, [Values(1, 2, 3, 17)] int width, [Values(1, 2, 33)] int height)
    {
        using var from = From(width, height);
        using var to = To(width, height);
        using var target = new PixelBuffer(width, height);
        foreach (var progress in new[] { 0, 0.1, 0.5, 0.9, 1 })
            transition.Draw(from, to, progress, target);
        Assert.That(target.Bytes.SequenceEqual(to.Bytes));
    }

    [TestCase("barn_doors_horizontal")]
    [TestCase("barn_doors_vertical")]
    [TestCase("iris")]
    [TestCase("circle_open")]
    [TestCase("box_wipe")]
    [TestCase("heart")]
    public void It_opens_from_the_middle_alike_to_both_sides(string name)
    {
        var (early, late) = (Shares(name, 0.25), Shares(name, 0.5));
        var mirrored = 0.0;
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                mirrored = Math.Max(mirrored, Math.Abs(late[x, y] - late[Width - 1 - x, y]));
                Assert.That(late[x, y], Is.GreaterThanOrEqualTo(early[x, y] - 0.01));
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mirrored, Is.LessThan(0.02));
            Assert.That(late[Width / 2, Height / 2], Is.EqualTo(1).Within(0.01));
            Assert.That(late[1, Height - 2], Is.LessThan(0.01).Or.EqualTo(late[1, Height / 2]));
        }
    }

    [TestCase("barn_doors_horizontal", 0.3, 0.1, 1)]
    [TestCase("barn_doors_horizontal", 0.2, 0.5, 0)]
    [TestCase("barn_doors_vertical", 0.1, 0.3, 1)]
    [TestCase("barn_doors_vertical", 0.5, 0.2, 0)]
    [TestCase("box_wipe", 0.3, 0.3, 1)]
    [TestCase("box_wipe", 0.3, 0.2, 0)]
    [TestCase("band_wipe", 0.4, 0.06, 1)]
    [TestCase("band_wipe", 0.6, 0.06, 0)]
    [TestCase("band_wipe", 0.4, 0.18, 0)]
    [TestCase("band_wipe", 0.6, 0.18, 1)]
    [TestCase("angular", 0.75, 0.25, 1)]
    [TestCase("angular", 0.75, 0.75, 1)]
    [TestCase("angular", 0.25, 0.5, 0)]
    [TestCase("window_slice", 0.015, 0.5, 1)]
    [TestCase("window_slice", 0.98, 0.5, 0)]
    [TestCase("squares_wire", 0.125, 0.07, 1)]
    [TestCase("squares_wire", 0.96, 0.93, 0)]
    public void Half_way_the_edge_is_where_its_shape_says(string name, double x, double y, double share) =>
        Assert.That(Shares(name, 0.5)[(int)(x * Width), (int)(y * Height)], Is.EqualTo(share).Within(0.02));

    [TestCase("iris", 1)]
    [TestCase("circle_open", 45)]
    public void A_circle_has_one_radius_all_round_and_its_own_rim(string name, double rim)
    {
        var shares = Shares(name, 0.4);
        // Along the way to the right and to the bottom: where half of the second is seen, and how wide the rim is.
        double[] Ray(int dx, int dy) => [.. Enumerable.Range(0, 88).Select(step => shares[Width / 2 + step * dx, Height / 2 + step * dy])];
        var (right, down) = (Ray(1, 0), Ray(0, 1));
        Assert.That(Array.FindIndex(right, share => share < 0.5), Is.EqualTo(Array.FindIndex(down, share => share < 0.5)).Within(1).And.GreaterThan(30));
        Assert.That(right.Count(share => share is > 0.01 and < 0.99), Is.EqualTo(rim).Within(rim / 2 + 1));
    }

    [Test]
    public void A_heart_is_pointed_below_and_dented_above()
    {
        var shares = Shares("heart", 0.25);
        int Wide(int y) => Enumerable.Range(0, Width).Count(x => shares[x, y] > 0.5);
        var rows = Enumerable.Range(0, Height).Where(y => Wide(y) > 0).ToArray();
        var (top, bottom) = (rows[0], rows[^1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Wide(bottom), Is.LessThan(5));
            Assert.That(Wide(top), Is.GreaterThan(5));
            Assert.That(shares[Width / 2, top + 2], Is.Zero, "the dent");
            Assert.That(Wide((top + bottom) / 2), Is.GreaterThan(Wide(bottom - 10) + 10));
        }
    }

    [TestCase("angular", 1)]
    [TestCase("pinwheel", 8)]
    public void Edges_turn_about_the_middle(string name, int sectors)
    {
        var shares = Shares(name, 0.4);
        var ring = Enumerable.Range(0, 3600).Select(step => Math.SinCos((step + 0.5) / 3600 * Math.Tau) is var (sin, cos)
            ? shares[(int)(Width / 2 + 80 * sin), (int)(Height / 2 - 80 * cos)] > 0.5 : false).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Enumerable.Range(0, 3600).Count(step => ring[step] && !ring[(step + 3599) % 3600]), Is.EqualTo(sectors));
            Assert.That(ring.Count(seen => seen) / 3600.0, Is.EqualTo(0.4).Within(0.03));
        }
    }

    [Test]
    public void Hatching_is_slanted_both_ways()
    {
        // How unlike points along the first strokes are, of how unlike those across them are.
        double Unlikeness(double progress)
        {
            var shares = Shares("crosshatch", progress);
            return Unlike(shares, 1, -1) / Unlike(shares, 1, 1);
        }

        double Unlike(double[,] shares, int dx, int dy)
        {
            var sum = 0.0;
            for (var y = 20; y < Height - 20; y++)
            {
                for (var x = 20; x < Width - 20; x++)
                    sum += Math.Abs(shares[x, y] - shares[x + 2 * dx, y + 2 * dy]);
            }

            return sum;
        }

        Assert.That(Unlikeness(0.06), Is.LessThan(0.3));
        Assert.That(Unlikeness(0.45), Is.GreaterThan(0.4));
    }

    [Test]
    public void A_gradient_takes_dark_before_light()
    {
        using var drawn = Draw("gradient_wipe", 0.5, (_, y) => y < Height / 2 ? new(200, 200, 200) : new(20, 20, 20), (_, _) => new(0, 0, 255));
        Assert.That((Pictures.At(drawn, Width / 2, 10).G, Pictures.At(drawn, Width / 2, Height - 10).G), Is.EqualTo(((byte)200, (byte)0)));
    }

    [Test]
    public void A_dip_is_white_in_the_middle()
    {
        using var drawn = Draw("dip_to_white", 0.5);
        Assert.That(Pictures.Difference(drawn, (_, _) => White), Is.LessThanOrEqualTo(1));
    }

    [Test]
    public void Colours_go_over_one_after_another()
    {
        using var drawn = Draw("color_phase", 0.35, (_, _) => Black, (_, _) => White);
        var pixel = Pictures.At(drawn, 50, 50);
        Assert.That(pixel.R, Is.GreaterThan(pixel.G + 20));
        Assert.That(pixel.G, Is.GreaterThan(pixel.B + 20));
    }

    [Test]
    public void What_burns_has_edges_brighter_than_both_pictures()
    {
        using var drawn = Draw("burn", 0.5, (_, _) => new(40, 40, 40), (_, _) => new(60, 60, 60));
        var (bright, charred) = (0, 0);
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var pixel = Pictures.At(drawn, x, y);
                bright += pixel is { R: > 180 } && pixel.R > pixel.G && pixel.G > pixel.B ? 1 : 0;
                charred += pixel is { R: < 20 } ? 1 : 0;
            }
        }

        Assert.That((bright, charred), Is.GreaterThan((200, 200)));
        Assert.That(charred, Is.GreaterThan(200));
    }

    [Test]
    public void A_cube_shows_two_faces_in_perspective()
    {
        using var drawn = Draw("cube", 0.5, (_, _) => new(0, 0, 255), (_, _) => new(0, 255, 0));
        int Tall(int x) => Enumerable.Range(0, Height).Count(y => Pictures.At(drawn, x, y).A > 128);
        var faces = Enumerable.Range(0, Width).Where(x => Tall(x) > 0).ToArray();
        var (left, right, edge) = (faces[0], faces[^1], Width / 2);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pictures.At(drawn, left + 5, Height / 2).R, Is.GreaterThan(100));
            Assert.That(Pictures.At(drawn, right - 5, Height / 2).G, Is.GreaterThan(100));
            Assert.That(Tall(edge), Is.GreaterThan(Tall(left + 2) + 10).And.GreaterThan(Tall(right - 2) + 10), "the near edge is the tallest");
            Assert.That(Pictures.At(drawn, 0, 0).A, Is.Zero);
        }
    }

    [Test]
    public void A_doorway_parts_the_first_and_brings_the_second_from_afar()
    {
        using var drawn = Draw("doorway", 0.4, (_, _) => new(0, 0, 255), (_, _) => new(0, 255, 0));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pictures.At(drawn, 5, Height / 2).R, Is.GreaterThan(100));
            Assert.That(Pictures.At(drawn, Width - 6, Height / 2).R, Is.GreaterThan(100));
            Assert.That(Pictures.At(drawn, Width / 2, Height / 2).G, Is.InRange(60, 250));
            Assert.That(Pictures.At(drawn, Width / 2, 3).A, Is.Zero, "the second is smaller still");
        }
    }

    [Test]
    public void A_page_shows_its_pale_back_and_its_shadow()
    {
        using var drawn = Draw("page_turn", 0.5, (_, _) => new(0, 0, 200), (_, _) => new(0, 200, 0));
        var row = Enumerable.Range(0, Width).Select(x => Pictures.At(drawn, x, Height * 2 / 3)).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row[0], Is.EqualTo(new Pixel(0, 0, 200)));
            Assert.That(row[^1], Is.EqualTo(new Pixel(0, 200, 0)));
            Assert.That(row.Count(pixel => pixel is { B: > 100, G: > 100, R: > 100 }), Is.GreaterThan(20), "the back");
            Assert.That(row.Count(pixel => pixel is { R: 0, G: > 50 and < 170 }), Is.GreaterThan(5), "the shadow on the ground");
        }
    }

    [TestCase("swirl")]
    [TestCase("water_drop")]
    [TestCase("dreamy")]
    [TestCase("glitch_memories")]
    [TestCase("cross_zoom")]
    public void It_moves_what_it_shows(string name)
    {
        // Of two alike pictures a dissolve changes nothing.
        Func<int, int, Pixel> lines = (x, y) => (x / 8 + y / 8) % 2 == 0 ? Black : White;
        using var still = Pictures.Painted(Width, Height, lines);
        using var drawn = Draw(name, 0.5, lines, lines);
        Assert.That(Distance(drawn, still), Is.GreaterThan(10));
    }

    [Test]
    public void A_swirl_winds_the_middle_and_leaves_the_corners()
    {
        Func<int, int, Pixel> halves = (x, _) => x < Width / 2 ? Black : White;
        using var drawn = Draw("swirl", 0.5, halves, halves);
        var changes = Enumerable.Range(1, 60).Count(x => Pictures.At(drawn, Width / 2 + x, Height / 2).G > 128 != Pictures.At(drawn, Width / 2 + x - 1, Height / 2).G > 128);
        Assert.That((Pictures.At(drawn, 0, 0), Pictures.At(drawn, Width - 1, 0)), Is.EqualTo((Black, White)));
        Assert.That(changes, Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public void A_ripple_bends_what_it_has_reached_and_nothing_else()
    {
        Func<int, int, Pixel> lines = (x, y) => (x / 8 + y / 8) % 2 == 0 ? Black : White;
        using var drawn = Draw("water_drop", 0.2, lines, lines);
        // The front is at 0.3 of the way to a corner.
        var reach = 0.32 * Math.Sqrt(Width * Width + Height * Height) / 2;
        Assert.That(Pictures.Difference(drawn, (x, y) => Math.Sqrt(Math.Pow(x + 0.5 - Width / 2, 2) + Math.Pow(y + 0.5 - Height / 2, 2)) > reach ? lines(x, y) : null), Is.Zero);
    }

    [Test]
    public void A_zoom_streaks_towards_the_middle()
    {
        // Spokes stay, rings are smeared.
        Func<int, int, Pixel> rings = (x, y) => (int)(Math.Sqrt(Math.Pow(x - Width / 2, 2) + Math.Pow(y - Height / 2, 2)) / 12) % 2 == 0 ? Black : White;
        Func<int, int, Pixel> spokes = (x, y) => (int)Math.Floor(Math.Atan2(y + 0.5 - Height / 2, x + 0.5 - Width / 2) / Math.Tau * 12) % 2 == 0 ? Black : White;
        double Contrast(Func<int, int, Pixel> pattern)
        {
            using var drawn = Draw("cross_zoom", 0.5, pattern, pattern);
            var ring = Enumerable.Range(0, 360).Select(step => (double)Pictures.At(drawn, (int)(Width / 2 + 80 * Math.Cos(step * Math.Tau / 360)), (int)(Height / 2 + 80 * Math.Sin(step * Math.Tau / 360))).G).ToArray();
            var ray = Enumerable.Range(40, 60).Select(x => (double)Pictures.At(drawn, Width / 2 + x, Height / 2 + 3).G).ToArray();
            return Math.Max(ring.Max() - ring.Min(), ray.Max() - ray.Min());
        }

        Assert.That(Contrast(spokes), Is.GreaterThan(200));
        Assert.That(Contrast(rings), Is.LessThan(130));
    }
}
