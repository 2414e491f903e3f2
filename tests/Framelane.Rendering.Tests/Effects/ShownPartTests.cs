using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Effects;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Tests.Compositing;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Effects;

/// <summary>Of a picture that is cut to fill its box, what is shown is changed, and not what is cut off.</summary>
public sealed class ShownPartTests
{
    const int Side = 60;

    static IEnumerable<string> Names => EffectRegistry.All.Select(effect => effect.Name);

    static Pixel Square(int x, int y) => new((byte)(x * 4), (byte)(y * 4), (byte)(255 - x * 3));

    [Test]
    public void The_corners_of_a_vignette_are_those_of_the_box()
    {
        using var pictures = new Pictures().With("i", 2 * Side, Side, (_, _) => new(255, 255, 255));
        using var drawn = pictures.Draw(Scene(Side, Side, Image("i") with { Vignette = 100 }));
        foreach (var (x, y) in new[] { (0, 0), (Side - 1, 0), (0, Side - 1), (Side - 1, Side - 1) })
            Assert.That(At(drawn, x, y).R, Is.LessThan(12));
    }

    [TestCaseSource(nameof(Names))]
    public void A_wide_picture_that_fills_a_square_looks_as_the_square_in_its_middle_does(string effect)
    {
        using var wide = Draw(2 * Side, (x, y) => x is >= Side / 2 and < Side * 3 / 2 ? Square(x - Side / 2, y) : new(0, 0, 255), effect);
        using var square = Draw(Side, Square, effect);
        Assert.That(Difference(wide, (x, y) => At(square, x, y)), Is.Zero);
    }

    [Test]
    public void A_change_of_colour_alone_moves_nothing([Values(61, 97, 130)] int width)
    {
        // The part that is shown begins and ends between pixels.
        using var plain = Draw(width, Square);
        using var inverted = Draw(width, (x, y) => Square(x, y) is var pixel ? new((byte)(255 - pixel.B), (byte)(255 - pixel.G), (byte)(255 - pixel.R)) : default, "invert");
        Assert.That(Difference(inverted, (x, y) => At(plain, x, y)), Is.LessThanOrEqualTo(1));
    }

    static PixelBuffer Draw(int width, Func<int, int, Pixel> color, params string[] effects)
    {
        using var pictures = new Pictures().With("i", width, Side, color);
        return pictures.Draw(Scene(Side, Side, Image("i") with { Effects = [.. effects.Select(effect => new SceneEffect { Type = effect })] }));
    }
}
