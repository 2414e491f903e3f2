using Framelane.Application.Abstractions;
using Framelane.Application.Renders.Scenes;
using Framelane.Rendering.Timelines;

namespace Framelane.Rendering.Tests.Timelines;

public sealed class TimelineTests
{
    static readonly Dictionary<string, MediaFacts> Sources = new()
    {
        ["v.mp4"] = new("mov,mp4", 8, new(0, "h264", 640, 360, 30, false, false), null),
        ["endless.webm"] = new("webm", null, new(0, "vp9", 640, 360, 30, false, false), null),
    };

    [TestCase(1, 30, 30)]
    [TestCase(0.05, 30, 2)]
    [TestCase(1.15, 30, 35)]
    [TestCase(0.001, 24, 1)]
    [TestCase(0.3, 25, 8)]
    public void Frames_are_duration_by_rate_rounded_half_up_and_at_least_one(double duration, int rate, int frames) =>
        Assert.That(Of(new() { Duration = duration, FrameRate = rate }).FrameCount, Is.EqualTo(frames));

    [Test]
    public void The_duration_is_the_latest_end_and_ten_where_there_is_nothing()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(Scene(Image("a", 1, 2), new AudioElement { SourceUrl = "s.mp3", Time = 1, InPoint = 2, OutPoint = 8, Speed = 2 })).Duration, Is.EqualTo(4));
            Assert.That(Of(Scene(new VideoElement { SourceUrl = "v.mp4", InPoint = 2, Speed = 0.5 })).Duration, Is.EqualTo(12));
            Assert.That(Of(Scene()).Duration, Is.EqualTo(10));
            Assert.That(Of(Scene()).Warnings, Is.EqualTo(["The timeline is empty."]));
        }
    }

    [Test]
    public void Higher_is_in_front_and_of_equal_ones_the_earlier()
    {
        var scene = Scene(Image("a"), new TextElement { Id = "t", Text = "x", Duration = 5 }, Image("b"), Image("c") with { ZIndex = -1 });
        Assert.That(Ids(Of(scene).FrameAt(0)), Is.EqualTo(["c", "b", "a", "t"]));
    }

    [Test]
    public void An_element_is_seen_from_its_start_and_not_at_its_end()
    {
        // 0.1 + 0.2 is more than 0.3 in binary.
        var timeline = Of(Scene(Image("a", 0.1, 0.2)) with { Duration = 1 });
        Assert.That(Enumerable.Range(0, 30).Where(frame => timeline.FrameAt(frame).Pictures.Count > 0), Is.EqualTo([3, 4, 5, 6, 7, 8]));
    }

    [Test]
    public void What_is_not_visible_is_not_seen_and_takes_its_time() =>
        Assert.That(Of(Scene(Image("a") with { Visible = false }, Image("b", 0, 1))) is { Duration: 5 } timeline ? Ids(timeline.FrameAt(0)) : [], Is.EqualTo(["b"]));

    [Test]
    public void A_video_shows_its_source_from_in_point_at_its_speed()
    {
        var timeline = Of(Scene(new VideoElement { Id = "v", SourceUrl = "v.mp4", Time = 1, InPoint = 2, OutPoint = 6, Speed = 2 }));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Layer(timeline.FrameAt(30)).SourceTime, Is.EqualTo(2));
            Assert.That(Layer(timeline.FrameAt(45)).SourceTime, Is.EqualTo(3).Within(1e-9));
            Assert.That(timeline.Duration, Is.EqualTo(3));
        }
    }

    [Test]
    public void What_does_not_say_where_it_ends_lasts_to_the_end()
    {
        var timeline = Of(Scene(new VideoElement { Id = "v", SourceUrl = "endless.webm" }, Image("a", 0, 3)));
        Assert.That((timeline.Duration, Ids(timeline.FrameAt(89)).Length), Is.EqualTo((3, 2)));
    }

    [TestCase(2, Description = "the second starts within the window: its first frame is held")]
    [TestCase(0, Description = "the second starts before it: hidden until then")]
    [TestCase(1.5)]
    public void A_transition_fills_the_last_seconds_of_the_first(double start)
    {
        var timeline = Of(Scene(Image("a", 0, 2), Video("b", start, 4)) with { Transitions = [Transition("a", "b", 0.5)] });
        var middle = (PlannedTransition)timeline.At(1.75).Pictures.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Ids(timeline.At(1.4)), Is.EqualTo(["a"]));
            Assert.That(middle.Progress, Is.EqualTo(0.5).Within(1e-9));
            Assert.That(middle.To!.SourceTime, Is.EqualTo(Math.Max(0, 1.75 - start)));
            Assert.That(Ids(timeline.At(2)), Is.EqualTo(["b"]));
        }
    }

    [Test]
    public void A_transition_is_as_high_as_the_higher_of_the_two_or_as_it_says()
    {
        var scene = Scene(Image("a", 0, 2) with { ZIndex = 3 }, Image("b", 0, 4), Image("between") with { ZIndex = 2 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(scene with { Transitions = [Transition("a", "b", 1)] }).At(1.5).Pictures[^1], Is.TypeOf<PlannedTransition>());
            Assert.That(Of(scene with { Transitions = [Transition("a", "b", 1) with { ZIndex = -1 }] }).At(1.5).Pictures[0], Is.TypeOf<PlannedTransition>());
        }
    }

    [Test]
    public void Transitions_that_meet_are_nested_and_those_in_a_circle_end()
    {
        var chain = Of(Scene(Image("a", 0, 2), Image("b", 1, 2), Image("c", 1, 4)) with { Transitions = [Transition("b", "c", 1.5), Transition("a", "b", 1)] });
        var both = (PlannedTransition)chain.At(1.75).Pictures.Single();
        var circle = Of(Scene(Image("a", 0, 2), Image("b", 0, 2)) with { Transitions = [Transition("a", "b", 1), Transition("b", "a", 1)] });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(both.From, Is.TypeOf<PlannedTransition>());
            Assert.That(circle.Transitions, Has.Count.EqualTo(1));
            Assert.That(circle.At(1.5).Pictures, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void A_composition_has_a_canvas_and_a_beginning_of_its_own()
    {
        var inner = new CompositionElement { Id = "c", Time = 1, Width = Dimension.Number(200), Height = Dimension.Percent(50), Elements = [Image("i", 0.5, 1)] };
        var timeline = Of(Scene(inner));
        var plan = ((PlannedLayer)timeline.At(1.75).Pictures.Single()).Nested!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(timeline.Duration, Is.EqualTo(2.5));
            Assert.That((plan.Width, plan.Height, plan.Time), Is.EqualTo((200, 360, 0.75)));
            Assert.That(Ids(plan), Is.EqualTo(["i"]));
            Assert.That(((PlannedLayer)plan.Pictures[0]).Layer.Key, Is.EqualTo("c/i"));
        }
    }

    [Test]
    public void More_warnings_than_anybody_reads_are_counted()
    {
        var late = Enumerable.Range(0, 130).Select(each => Image($"{each}", 2, 1)).ToArray();
        var warnings = Of(Scene(late) with { Duration = 2 }).Warnings;
        Assert.That(warnings, Has.Count.EqualTo(101));
        Assert.That((warnings[99], warnings[100]), Is.EqualTo(("Element \"99\" starts at 2 s, after the end at 2 s.", "And 30 more.")));
    }

    [Test]
    public void What_will_not_be_seen_is_warned_of()
    {
        var text = new TextElement
        {
            Id = "t", Text = "hi", Duration = 1, Time = 1,
            WordAnimation = new() { Style = WordAnimationStyle.Glow, Words = [new() { Text = "hi", Start = 0.5, End = 1.2 }, new() { Text = "ho", Start = 1.2, End = 1.4 }] },
        };
        var warnings = Of(Scene(text, Image("late", 2, 1)) with { Duration = 2 }).Warnings;
        Assert.That(warnings, Is.EqualTo(
        [
            "Element \"t\": the word \"hi\" lies outside the text's time.",
            "Element \"t\" does not hold the word \"ho\" after those before it.",
            "Element \"late\" starts at 2 s, after the end at 2 s.",
        ]));
    }

    [Test]
    public void A_composition_of_nothing_is_empty_and_has_no_source_that_ended() =>
        Assert.That(Of(Scene(new CompositionElement { Id = "c" }, Image("i"))).Warnings, Is.EqualTo(["In \"c\": The timeline is empty."]));

    [Test]
    public void Transitions_that_are_not_seen_as_they_are_asked_for_are_warned_of()
    {
        var short_ = Scene(new VideoElement { Id = "v", SourceUrl = "v.mp4" }, Image("i", 5, 2.5)) with { Transitions = [Transition("v", "i", 1)] };
        var circle = Scene(Image("a", 0, 2), Image("b", 0, 2)) with { Transitions = [Transition("a", "b", 1), Transition("b", "a", 1)] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(short_).Warnings, Is.EqualTo(["The transition from \"v\" to \"i\" lasts to 8 s, but the second ends at 7.5 s."]));
            Assert.That(Of(short_ with { Duration = 7.5 }).Warnings, Is.Empty, "the scene ends with it");
            Assert.That(Of(circle).Warnings, Is.EqualTo(["The transition from \"b\" to \"a\" is not shown: the first already follows the second, or is not seen before it ends."]));
            Assert.That(Of(Scene(new CompositionElement { Id = "c", Elements = circle.Elements, Transitions = circle.Transitions })).Warnings.Single(), Does.StartWith("In \"c\": The transition from"));
        }
    }

    static Timeline Of(CreateRenderRequest scene) => Timeline.Of(scene, Sources);

    static CreateRenderRequest Scene(params SceneElement[] elements) => new() { Elements = elements };

    static ImageElement Image(string id, double time = 0, double duration = 5) => new() { Id = id, SourceUrl = "i.png", Time = time, Duration = duration };

    static VideoElement Video(string id, double time, double length) => new() { Id = id, SourceUrl = "v.mp4", Time = time, OutPoint = length };

    static SceneTransition Transition(string from, string to, double duration) =>
        new() { Type = "cross_dissolve", FromId = from, ToId = to, Duration = duration };

    static PlannedLayer Layer(FramePlan plan) => (PlannedLayer)plan.Pictures.Single();

    static string[] Ids(FramePlan plan) => [.. plan.Layers.Select(layer => layer.Element.Id)];
}
