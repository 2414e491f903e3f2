using System.Collections;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Frames;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Motions.Finishes;
using Framelane.Rendering.Text;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

public sealed class MovingInkTests
{
    [Test]
    public void A_drawing_that_is_cancelled_ends_before_the_next_character([Values] bool isFinished, [Values] TextDecoration decoration)
    {
        using var cancel = new CancellationTokenSource();
        using var pool = new BufferPool();
        using var target = new PixelBuffer(400, 80);
        using var surface = target.ToSurface();
        using var drawing = new TextDrawing(Of("abcdefghijkl") with { TextDecoration = decoration }, target.Width, target.Height, FontLibrary.Installed, cancel.Token);
        var last = 0;
        var pose = PiecePose.Rest with { Pose = Pose.Rest with { Opacity = 0.5, Scale = 0.9, Finish = isFinished ? new Plain() : null } };
        var poses = new Told<PiecePose>([.. Enumerable.Repeat(pose, 12)], index =>
        {
            last = Math.Max(last, index);
            if (index == 5)
                cancel.Cancel();
        });
        Assert.That(() => drawing.Draw(surface.Canvas, new(poses, []), new(pool, target.Width, target.Height, 0)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(last, Is.LessThanOrEqualTo(6));
    }

    sealed record Plain : Finish
    {
        internal override void Apply(PixelBuffer picture, in Ground ground)
        {
        }
    }

    /// <summary>Tells when one of it is asked for by its place.</summary>
    sealed class Told<T>(T[] all, Action<int> ask) : IReadOnlyList<T>
    {
        public int Count => all.Length;

        public T this[int index]
        {
            get
            {
                ask(index);
                return all[index];
            }
        }

        public IEnumerator<T> GetEnumerator() => all.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
