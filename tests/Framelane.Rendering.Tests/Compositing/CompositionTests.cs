using Framelane.Application.Renders.Scenes;
using static Framelane.Rendering.Tests.Compositing.Pictures;

namespace Framelane.Rendering.Tests.Compositing;

public sealed class CompositionTests : IDisposable
{
    static readonly Pixel Red = new(0, 0, 255), Green = new(0, 255, 0), Black = new(0, 0, 0);

    readonly Pictures pictures = new Pictures().With("red", 20, 20, (_, _) => Red).With("green", 20, 20, (_, _) => Green);

    public void Dispose() => pictures.Dispose();

    [TestCase(0)]
    [TestCase(-8984)]
    public void A_composition_larger_than_any_canvas_shows_all_of_itself_where_it_lies(double top)
    {
        // Of 64 × 10,000 pixels; the first square lies at its top, the second at 9000.
        using var drawn = pictures.Draw(Scene(64, 64, new CompositionElement
        {
            Height = Dimension.Number(10_000), Y = Dimension.Number(top), YAnchor = Dimension.Number(0), Elements = [Square("red", 0), Square("green", 9000)],
        }));
        var (from, color) = top == 0 ? (0, Red) : (16, Green);
        Assert.That(
            Difference(drawn, (x, y) => Math.Abs(x + 0.5 - 16) < 3 || Math.Abs(x + 0.5 - 48) < 3 || Math.Abs(y + 0.5 - from) < 3 || Math.Abs(y + 0.5 - from - 20) < 3
                ? null
                : x is >= 16 and < 48 && y >= from && y < from + 20 ? color : Black),
            Is.LessThanOrEqualTo(1));

        static ImageElement Square(string id, double top) => Image(id) with
        {
            Width = Dimension.Number(32), Height = Dimension.Number(20), Y = Dimension.Number(top), YAnchor = Dimension.Number(0),
        };
    }
}
