using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Motions.Finishes;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Text;
using static Framelane.Rendering.Tests.Compositing.Pictures;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

/// <summary>Letters that can be seen through look alike at rest and while anything of their text moves.</summary>
public sealed class TranslucentTextTests
{
    const int Width = 500, Height = 80;

    // Its letters and their strokes overlap.
    static readonly TextElement Caption = Of("Hello, big world!") with
    {
        TextColor = "#ffffff80", Stroke = true, StrokeColor = "#00ff00c0", StrokeWidth = 0.1, Tracking = -60, TextDecoration = TextDecoration.Underline, Duration = 10,
    };

    [Test]
    public void A_word_that_is_not_spoken_looks_as_at_rest([Values] WordAnimationStyle style, [Values("#ffffff80", "#ffffff")] string color)
    {
        var text = Caption with { TextColor = color, WordAnimation = new() { Style = style, Words = [new() { Text = "hello", Start = 1, End = 2 }] } };
        using var pictures = new Pictures();
        using var resting = pictures.Draw(Scene(Width, Height, text), 3);
        using var spoken = pictures.Draw(Scene(Width, Height, text), 1.1);
        var left = Layout(text, Width).Pieces[^6].X;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Difference(spoken, (x, y) => x < left ? null : At(resting, x, y)), Is.LessThanOrEqualTo(1));
            Assert.That(Difference(spoken, (x, y) => At(resting, x, y)), Is.GreaterThan(32), "moves");
        }
    }

    [Test]
    public void A_letter_whose_picture_is_changed_shows_no_stroke_through_it()
    {
        using var drawing = new TextDrawing(Caption with { Text = "I", FontSize = 60, FontWeight = 900, TextDecoration = TextDecoration.None }, Width, Height, FontLibrary.Installed);
        using var pool = new BufferPool();
        using var resting = new PixelBuffer(Width, Height);
        using var flying = new PixelBuffer(Width, Height);
        resting.Bytes.Clear();
        flying.Bytes.Clear();
        using (var surface = resting.ToSurface())
            drawing.Draw(surface.Canvas);
        using (var surface = flying.ToSurface())
            drawing.Draw(surface.Canvas, new([PiecePose.Rest with { Pose = Pose.Rest with { Finish = new Unchanged() } }], []), new(pool, Width, Height, 0));
        Assert.That(Difference(flying, (x, y) => At(resting, x, y)), Is.LessThanOrEqualTo(1));
    }

    sealed record Unchanged : Finish
    {
        internal override void Apply(PixelBuffer picture, in Ground ground)
        {
        }
    }
}
