using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Transitions;

namespace Framelane.Rendering.Tests.Transitions;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TransitionTests : IDisposable
{
    // No multiple of a vector's length.
    const int Width = 101, Height = 67;

    static IReadOnlyList<ITransition> All => TransitionRegistry.All;

    readonly PixelBuffer from = Pictures.Painted(Width, Height, (x, y) => new((byte)x, (byte)y, 17, 255));
    readonly PixelBuffer to = Pictures.Painted(Width, Height, (x, y) => new(3, (byte)(y / 2), (byte)x, 128));
    readonly PixelBuffer target = new(Width, Height);

    public void Dispose()
    {
        from.Dispose();
        to.Dispose();
        target.Dispose();
    }

    [TestCaseSource(nameof(All))]
    public void It_starts_as_the_first_and_ends_as_the_second_to_the_pixel(ITransition transition)
    {
        transition.Draw(from, to, 0, target);
        Assert.That(target.Bytes.SequenceEqual(from.Bytes));
        transition.Draw(from, to, 1, target);
        Assert.That(target.Bytes.SequenceEqual(to.Bytes));
    }

    [TestCaseSource(nameof(All))]
    public void No_colour_is_ever_above_its_alpha(ITransition transition)
    {
        for (var step = 1; step < 16; step++)
        {
            transition.Draw(from, to, step / 16.0, target);
            Assert.That(Pictures.Difference(target, (x, y) => Pictures.At(target, x, y) is var p && p.B <= p.A && p.G <= p.A && p.R <= p.A ? null : new(0, 0, 0, 0)), Is.Zero);
        }
    }

    [TestCase(0.25)]
    [TestCase(0.5)]
    [TestCase(0.9)]
    public void A_dissolve_is_the_weighted_mean(double progress)
    {
        new CrossDissolve().Draw(from, to, progress, target);
        Assert.That(Pictures.Difference(target, (x, y) => Mean(Pictures.At(from, x, y), Pictures.At(to, x, y), 1 - progress, progress)), Is.LessThanOrEqualTo(1));
    }

    [TestCase(0.25, 0.5, 0)]
    [TestCase(0.5, 0, 0)]
    [TestCase(0.75, 0, 0.5)]
    public void A_dip_darkens_the_first_and_then_lights_the_second(double progress, double first, double second)
    {
        new DipToBlack().Draw(from, to, progress, target);
        Assert.That(
            Pictures.Difference(target, (x, y) => Mean(Pictures.At(from, x, y), Pictures.At(to, x, y), first, second) with { A = (byte)Math.Round(255 * (1 - progress) + 128 * progress) }),
            Is.LessThanOrEqualTo(1));
    }

    [TestCase("wipe_left", 1, 0)]
    [TestCase("wipe_right", -1, 0)]
    [TestCase("wipe_up", 0, 1)]
    [TestCase("wipe_down", 0, -1)]
    [TestCase("diagonal_wipe", -1, -1)]
    public void A_wipe_uncovers_the_side_that_its_edge_comes_from(string name, int x, int y)
    {
        const double progress = 0.3;
        TransitionRegistry.Find(name)!.Draw(from, to, progress, target);
        // How far a point lies from the side where the edge starts, 0 to 1.
        double Way(double column, double row)
        {
            var (across, down) = (x > 0 ? 1 - column / Width : column / Width, y > 0 ? 1 - row / Height : row / Height);
            return (Math.Abs(x) * across + Math.Abs(y) * down) / (Math.Abs(x) + Math.Abs(y));
        }

        Assert.That(
            Pictures.Difference(target, (column, row) => (Way(column + 0.5, row + 0.5) - progress) switch
            {
                > 0.02 => Pictures.At(from, column, row),
                < -0.02 => Pictures.At(to, column, row),
                _ => null,
            }),
            Is.Zero);
    }

    [Test]
    public void Names_are_unlike_and_the_published_fade_is_a_dissolve()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(All.Select(transition => transition.Name), Is.Unique);
            Assert.That(TransitionRegistry.Find("fade"), Is.TypeOf<CrossDissolve>());
            Assert.That(TransitionRegistry.Find("nonsense"), Is.Null);
        }
    }

    static Pixel Mean(Pixel a, Pixel b, double first, double second)
    {
        byte Of(byte from, byte to) => (byte)Math.Round(from * first + to * second);
        return new(Of(a.B, b.B), Of(a.G, b.G), Of(a.R, b.R), Of(a.A, b.A));
    }
}
