using System.Diagnostics;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Motions;
using Framelane.Rendering.Tests.Compositing;
using Framelane.Rendering.Text;
using static Framelane.Rendering.Tests.Text.Texts;

namespace Framelane.Rendering.Tests.Text;

public sealed class TextAnimationTests
{
    const double Em = 40;

    static TextPose? At(TextElement text, double time) => new TextAnimations(text, Layout(text)).At(time);

    static Pose[] Poses(TextElement text, double time) => [.. At(text, time)!.Pieces.Select(piece => piece.Pose)];

    static TextElement Moved(string type, double delay = 0, bool? reversed = null) => Of("abc") with
    {
        Motion = [new ElementMotion { Type = type, Time = 1, Duration = 2, Delay = delay, Reversed = reversed, Easing = Easing.Linear, Scope = MotionScope.Character }],
    };

    [Test]
    public void Characters_share_a_motions_time_and_begin_one_after_another()
    {
        // Each takes a second; they begin at 1, 1.5 and 2.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Poses(Moved("fade"), 0.5).Select(pose => pose.Opacity), Is.All.Zero);
            Assert.That(Poses(Moved("fade"), 1.75).Select(pose => pose.Opacity), Is.EqualTo(new[] { 0.75, 0.25, 0 }));
            Assert.That(At(Moved("fade"), 3), Is.Null);
        }
    }

    [Test]
    public void A_delay_is_from_one_character_to_the_next()
    {
        // Each takes the whole 2 seconds; they begin at 1, 1.5 and 2.
        Assert.That(Poses(Moved("fade", delay: 0.5), 2).Select(pose => pose.Opacity), Is.EqualTo(new[] { 0.5, 0.25, 0 }));
    }

    [Test]
    public void An_exit_takes_the_first_character_first()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(At(Moved("fade", reversed: true), 1), Is.Null);
            Assert.That(Poses(Moved("fade", reversed: true), 1.75).Select(pose => pose.Opacity), Is.EqualTo(new[] { 0.25, 0.75, 1 }));
        }
    }

    [TestCase("slide_up", 0, 1)]
    [TestCase("slide_down", 0, -1)]
    [TestCase("slide_left", 1, 0)]
    [TestCase("slide_right", -1, 0)]
    public void Characters_slide_in_from_an_em_away(string type, int x, int y)
    {
        var first = Poses(Moved(type), 1.5)[0];
        Assert.That((first.X, first.Y, first.Opacity), Is.EqualTo((x * Em / 2, y * Em / 2, 0.5)));
    }

    [Test]
    public void Characters_grow_from_nothing() =>
        Assert.That(Poses(Moved("zoom_in"), 1.5).Select(pose => pose.Scale), Is.EqualTo(new[] { 0.5, 0, 0 }));

    [Test]
    public void Characters_shrink_to_nothing_where_growing_is_reversed() =>
        Assert.That(Poses(Moved("zoom_in", reversed: true), 2.5).Select(pose => pose.Scale), Is.EqualTo(new[] { 0, 0, 0.5 }));

    [Test]
    public void Characters_come_in_the_order_in_which_they_are_read()
    {
        var text = Moved("fade") with { Text = "אבג" };
        Assert.That(Poses(text, 1.75).Select(pose => pose.Opacity), Is.EqualTo(new[] { 0, 0.25, 0.75 }));
    }

    [TestCase("typewriter", 0.07, new double[] { 1, 1, 1, 0, 0 })]
    [TestCase("words_up", 0.1, new double[] { 0.3, 0.3, 0.3, 0, 0 })]
    [TestCase("letters_pop", 0.06, new double[] { 0.5, 0.2, 0.2, 0, 0 })]
    public void A_preset_brings_a_text_from_its_start_on(string preset, double time, double[] opacities)
    {
        // Pieces are a, b, the space, c, d; the space goes with b.
        var text = Of("ab cd") with { Time = 2, AnimationPreset = preset };
        var poses = Poses(text, 2 + time);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(poses.Select(pose => pose.Opacity > 0), Is.EqualTo(opacities.Select(opacity => opacity > 0)));
            Assert.That(Poses(text, 1.9).Select(pose => pose.Opacity), Is.All.Zero);
            Assert.That(At(text, 4), Is.Null);
        }
    }

    [Test]
    public void Lines_fade_in_one_after_another()
    {
        var poses = Poses(Of("ab\ncd") with { AnimationPreset = "lines_fade" }, 0.29);
        Assert.That((poses[0].Opacity, poses[1].Opacity, poses[2].Opacity), Is.EqualTo((poses[1].Opacity, poses[0].Opacity, 0d)));
    }

    [Test]
    public void A_preset_is_done_in_time_to_be_read() =>
        Assert.That(At(Of(new string('a', 500)) with { Duration = 2, AnimationPreset = "typewriter" }, 1.21), Is.Null);

    static TextElement Spoken(WordAnimationStyle style) => Of("Hello, big world!") with
    {
        WordAnimation = new() { Style = style, Words = [new() { Text = "hello", Start = 1, End = 2 }, new() { Text = "world", Start = 2, End = 3 }] },
    };

    // The pieces of "Hello," and of "world!".
    static readonly Range First = ..6, Second = ^6..;

    [Test]
    public void A_word_is_marked_while_it_is_spoken()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (style, mark) in new (WordAnimationStyle, Func<PiecePose, double>)[]
            {
                (WordAnimationStyle.Color, pose => pose.ColorShare), (WordAnimationStyle.Glow, pose => pose.Glow), (WordAnimationStyle.ScalePop, pose => pose.Pose.Scale - 1),
            })
            {
                var marks = At(Spoken(style), 1.5)!.Pieces.Select(mark).ToArray();
                Assert.That(marks[First], Is.All.Positive, style.ToString());
                Assert.That(marks[6..], Is.All.Zero, style.ToString());
                Assert.That(At(Spoken(style), 0.9), Is.Null, style.ToString());
                Assert.That(At(Spoken(style), 3.1), Is.Null, style.ToString());
            }
        }
    }

    [Test]
    public void A_word_grows_as_a_whole()
    {
        var text = Spoken(WordAnimationStyle.ScalePop);
        var (layout, poses) = (Layout(text), Poses(text, 1.5));
        float Middle(int index) => (float)poses[index].X + layout.BoxOf(layout.Pieces[index]).MidX;
        var grown = (Middle(5) - Middle(0)) / (layout.BoxOf(layout.Pieces[5]).MidX - layout.BoxOf(layout.Pieces[0]).MidX);
        Assert.That(grown, Is.EqualTo(poses[0].Scale).Within(1e-4));
    }

    [TestCase(WordAnimationStyle.SlideUp)]
    [TestCase(WordAnimationStyle.FlyIn)]
    public void A_word_comes_when_it_is_spoken_and_stays(WordAnimationStyle style)
    {
        var before = Poses(Spoken(style), 1.5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before[First].Select(pose => pose.Opacity), Is.All.EqualTo(1));
            Assert.That(before[Second].Select(pose => pose.Opacity), Is.All.Zero);
            Assert.That(before[6..11].Select(pose => pose.Opacity), Is.All.EqualTo(1), "not spoken of");
            Assert.That(At(Spoken(style), 2.6), Is.Null);
        }
    }

    [Test]
    public void A_box_lies_behind_the_spoken_word_alone()
    {
        var text = Spoken(WordAnimationStyle.Box);
        var layout = Layout(text);
        var (box, opacity) = At(text, 2.5)!.Boxes.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(opacity, Is.EqualTo(1));
            Assert.That(box.Left, Is.InRange(layout.Pieces[^7].X, layout.Pieces[^6].X));
            Assert.That(box.Right, Is.GreaterThan(layout.Pieces[^1].X + layout.Pieces[^1].Width));
        }
    }

    [Test]
    public void Words_are_told_from_each_other_also_where_they_are_read_from_right_to_left()
    {
        var text = Of("אב גד") with
        {
            WordAnimation = new() { Style = WordAnimationStyle.Color, Words = [new() { Text = "אב", Start = 1, End = 2 }, new() { Text = "nobody", Start = 2, End = 3 }, new() { Text = "גד", Start = 3, End = 4 }] },
        };
        var layout = Layout(text);
        int[] Marked(double time) => [.. At(text, time)!.Pieces.Select((pose, index) => (pose, index)).Where(each => each.pose.ColorShare > 0).Select(each => layout.Pieces[each.index].Start).Order()];
        Assert.That((Marked(1.5), At(text, 2.5), Marked(3.5)), Is.EqualTo((new[] { 0, 1 }, (TextPose?)null, new[] { 3, 4 })));
    }

    [Test]
    public void Four_times_as_many_words_take_about_four_times_as_long()
    {
        static TimeSpan Took(int count)
        {
            var text = Of(string.Concat(Enumerable.Repeat("a ", count))) with
            {
                WordAnimation = new() { Style = WordAnimationStyle.Color, Words = [.. Enumerable.Range(0, count).Select(index => new CaptionWord { Text = "a", Start = index, End = index + 1 })] },
            };
            var animations = new TextAnimations(text, Layout(text));
            return Enumerable.Range(0, 20).Min(_ =>
            {
                var start = Stopwatch.GetTimestamp();
                animations.At(count / 2.0);
                return Stopwatch.GetElapsedTime(start);
            });
        }

        Took(100);
        Assert.That(Took(4000) / Took(1000), Is.LessThan(10));
    }

    [Test]
    public void What_is_animated_is_drawn_so()
    {
        using var pictures = new Pictures();
        var scene = Pictures.Scene(400, 80, Spoken(WordAnimationStyle.Color) with { TextColor = "#ff0000", BackgroundColor = "#00ff00", TextDecoration = TextDecoration.Underline, Stroke = true });
        using var drawn = pictures.Draw(scene, 1.5);
        using var popped = pictures.Draw(Pictures.Scene(400, 80, Of("ab cd") with { AnimationPreset = "typewriter" }), 0.07);
        var (green, red) = (Box(drawn, pixel => pixel is { G: 255, R: 0 }), Box(drawn, pixel => pixel is { R: 255, G: 0 }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(green.Right, Is.LessThan(red.Left));
            Assert.That(green.Left, Is.Positive.And.LessThan(150));
            Assert.That(Box(popped, IsInk).Right, Is.LessThan(200));
        }
    }
}
