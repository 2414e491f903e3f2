using Framelane.Application.Renders.Scenes;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Compositing;

/// <summary>Against the formulas of W3C Compositing and Blending Level 1, computed in floating point.</summary>
public sealed class BlendModeTests
{
    [Test]
    public void Every_mode_follows_its_formula([Values] BlendMode mode)
    {
        using var pictures = new Pictures()
            .With("behind", 32, 32, (x, y) => new((byte)(x * 8), (byte)(y * 8), (byte)(255 - x * 8)))
            .With("front", 32, 32, (x, y) => Premultiplied(y * 8, x * 8, (x + y) * 4, (x % 4 + 1) * 63));
        using var drawn = pictures.Draw(Scene(32, 32, Image("front") with { BlendMode = mode, Opacity = 80 }, Image("behind")));
        Assert.That(
            Difference(drawn, (x, y) =>
            {
                var alpha = (x % 4 + 1) * 63 / 255.0 * 0.8;
                byte Channel(double backdrop, double source) =>
                    (byte)Math.Round(255 * ((1 - alpha) * backdrop + alpha * Blend(mode, backdrop, source)));
                return new(Channel(x * 8 / 255.0, y * 8 / 255.0), Channel(y * 8 / 255.0, x * 8 / 255.0), Channel((255 - x * 8) / 255.0, (x + y) * 4 / 255.0));
            }),
            Is.LessThanOrEqualTo(3));
    }

    static double Blend(BlendMode mode, double b, double s) => mode switch
    {
        BlendMode.Multiply => b * s,
        BlendMode.Screen => b + s - b * s,
        BlendMode.Overlay => Blend(BlendMode.HardLight, s, b),
        BlendMode.Darken => Math.Min(b, s),
        BlendMode.Lighten => Math.Max(b, s),
        BlendMode.ColorDodge => b == 0 ? 0 : s >= 1 ? 1 : Math.Min(1, b / (1 - s)),
        BlendMode.ColorBurn => b >= 1 ? 1 : s <= 0 ? 0 : 1 - Math.Min(1, (1 - b) / s),
        BlendMode.HardLight => s <= 0.5 ? b * 2 * s : b + (2 * s - 1) - b * (2 * s - 1),
        BlendMode.SoftLight => s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * ((b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.Sqrt(b)) - b),
        _ => s,
    };

    static Pixel Premultiplied(int b, int g, int r, int a) =>
        new((byte)Math.Round(b * a / 255.0), (byte)Math.Round(g * a / 255.0), (byte)Math.Round(r * a / 255.0), (byte)a);
}
