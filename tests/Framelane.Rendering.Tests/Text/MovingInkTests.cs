using System.Collections;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Text;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

public sealed class MovingInkTests
{
    const int Count = 12;

    /// <param name="before">How many loops over all characters come before the one within which it is cancelled.</param>
    [TestCase(TextDecoration.None, 0, TestName = "Among_glows_it_ends_before_the_next_character")]
    [TestCase(TextDecoration.Underline, 1, TestName = "Among_bars_behind_letters_it_ends_before_the_next_character")]
    [TestCase(TextDecoration.Underline, 2, TestName = "Among_letters_it_ends_before_the_next_character")]
    [TestCase(TextDecoration.Strikethrough, 2, TestName = "Among_bars_over_letters_it_ends_before_the_next_character")]
    [TestCase(TextDecoration.None, 3, TestName = "Among_those_that_fly_it_ends_before_the_next_character")]
    public void A_drawing_that_is_cancelled(TextDecoration decoration, int before)
    {
        using var cancel = new CancellationTokenSource();
        using var pool = new BufferPool();
        using var target = new PixelBuffer(400, 80);
        using var surface = target.ToSurface();
        using var drawing = new TextDrawing(Of("abcdefghijkl") with { TextDecoration = decoration }, target.Width, target.Height, FontLibrary.Installed, cancel.Token);
        var (asked, last) = (0, (before * Count) + 6);
        // None is seen: glyphs that are drawn would end it too. None is as large as it was: their bars would be one.
        var pose = PiecePose.Rest with { Pose = Pose.Rest with { Opacity = 0, Scale = 0.9 } };
        var poses = new Told<PiecePose>([.. Enumerable.Repeat(pose, Count)], () =>
        {
            if (++asked == last)
                cancel.Cancel();
        });
        Assert.That(() => drawing.Draw(surface.Canvas, new(poses, []), new(pool, target.Width, target.Height, 0)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(asked, Is.EqualTo(last));
    }

    /// <summary>Tells when one of it is asked for by its place.</summary>
    sealed class Told<T>(T[] all, Action ask) : IReadOnlyList<T>
    {
        public int Count => all.Length;

        public T this[int index]
        {
            get
            {
                ask();
                return all[index];
            }
        }

        public IEnumerator<T> GetEnumerator() => all.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
