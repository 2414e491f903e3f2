using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Motions.Stage;

namespace Framelane.Rendering.Tests.Motions;

/// <summary>The motions that blend, on elements that blend by themselves or are clipped.</summary>
public sealed class BlendInTests
{
    static readonly double[] Moments = [0.25, 0.5, 0.75, 0.9, 1];

    /// <summary>Of opaque colours, by the W3C's formulas: the share that is not settled is blended as the motion says, and what is settled is laid over it as the element says.</summary>
    [Test]
    public void An_element_with_a_mode_of_its_own_goes_from_the_motions_to_its_own(
        [Values("overlay", "difference")] string name, [Values(BlendMode.Multiply, BlendMode.Screen, BlendMode.Darken, BlendMode.HardLight)] BlendMode own, [Values(60, 100)] double opacity)
    {
        foreach (var presence in Moments)
        {
            using var drawn = Draw(Image(Motion(name)) with { BlendMode = own, Opacity = opacity }, 1 + 2 * presence);
            var (cover, settled) = (Math.Min(1, 2 * presence) * opacity / 100, Math.Max(0, 2 * presence - 1));
            double Channel(double back, double front)
            {
                var first = settled < 1 ? cover * (1 - settled) / (1 - cover * settled) : 0;
                var blended = back + first * (ByMotion(name, back, front) - back);
                return blended + cover * settled * (Own(own, blended, front) - blended);
            }

            Assert.That(Pictures.Difference(drawn, (x, y) => Inside(x, y) ? Of(Channel, Behind(x, y), Front(x - Left, y - Top)) : Behind(x, y)), Is.LessThanOrEqualTo(3), $"at {presence}");
        }
    }

    [Test]
    public void A_clipped_element_blends_where_it_is_seen_and_is_seen_nowhere_else(
        [Values("overlay", "difference")] string name, [Values(BlendMode.None, BlendMode.Screen)] BlendMode own, [Values(60, 100)] double opacity)
    {
        var front = Image(Motion(name)) with { BlendMode = own, Opacity = opacity };
        // Covers the left half of the front's box and what lies left of it.
        var mask = Pictures.Image("mask") with { X = Dimension.Number((Left + Wide / 2) / 2), Width = Dimension.Number(Left + Wide / 2) };
        foreach (var presence in Moments)
        {
            using var clipped = DrawOver(front with { Clip = true }, mask, 1 + 2 * presence);
            using var whole = DrawOver(front, mask, 1 + 2 * presence);
            using var behind = DrawOver(front with { Visible = false }, mask, 1 + 2 * presence);
            Assert.That(Pictures.Difference(clipped, (x, y) => Pictures.At(x < Left + Wide / 2 ? whole : behind, x, y)), Is.LessThanOrEqualTo(1), $"at {presence}");
        }
    }

    static PixelBuffer DrawOver(SceneElement front, SceneElement mask, double time)
    {
        using var pictures = new Pictures().With("front", Wide, High, Front).With("mask", Left + Wide / 2, Height, (x, y) => new((byte)(x * 2), (byte)(y + 60), 120)).With("behind", Width, Height, Behind);
        return pictures.Draw(Pictures.Scene(Width, Height, front, mask, Pictures.Image("behind")), time);
    }

    static bool Inside(int x, int y) => x is >= Left and < Left + Wide && y is >= Top and < Top + High;

    static Pixel Of(Func<double, double, double> channel, Pixel back, Pixel front)
    {
        byte One(byte b, byte f) => (byte)Math.Round(255 * channel(b / 255.0, f / 255.0));
        return new(One(back.B, front.B), One(back.G, front.G), One(back.R, front.R));
    }

    static double ByMotion(string name, double back, double front) => name == "difference" ? Math.Abs(back - front) : HardLight(front, back);

    static double Own(BlendMode mode, double back, double front) => mode switch
    {
        BlendMode.Multiply => back * front,
        BlendMode.Screen => back + front - back * front,
        BlendMode.Darken => Math.Min(back, front),
        BlendMode.HardLight => HardLight(back, front),
        _ => front,
    };

    static double HardLight(double back, double front) => front <= 0.5 ? 2 * back * front : 1 - 2 * (1 - back) * (1 - front);
}
